"""Every mail of the site on its way: a row, a job, tries that grow rarer, a bounded time for each.

Who writes to whom, and why, is said above.
"""
