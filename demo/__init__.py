"""The demonstration magazine, sites of any size for measuring, the page of all components and the mails that a demonstration would have sent.

Installed with DEBUG or DEMO only; nothing of the site may need it.
"""
