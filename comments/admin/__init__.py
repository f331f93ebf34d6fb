"""Moderation: reactions with their open reports, hidden with a reason, restored.

Every decision is kept.
"""

from comments.admin import comment, report  # noqa: F401  (register their lists)
