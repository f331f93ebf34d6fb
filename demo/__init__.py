"""The demonstration magazine, and what shows it: bulk sites, /style/, the mails it would have sent.

Installed with DEBUG or DEMO only; nothing of the site may need it.
"""
