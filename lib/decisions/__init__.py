"""Decisions: who decided what about a text, when and why. Rows are added, never changed or deleted.

`Decision` is the abstract model; the triggers of `triggers.py` hold in the database what it says
in Python. Three ways lead through, and no other: the account of the actor is deleted (the actor
becomes null), the text itself is deleted (`purging`), a free text is blacked out (`redact`).
"""

from lib.decisions import triggers  # noqa: F401  (connects them to `migrate`)
from lib.decisions.passages import purging
from lib.decisions.record import (
    AppendOnly,
    Decision,
    DecisionQuerySet,
    HasDecisions,
    HasDecisionsQuerySet,
    redact,
)

__all__ = [
    "AppendOnly",
    "Decision",
    "DecisionQuerySet",
    "HasDecisions",
    "HasDecisionsQuerySet",
    "purging",
    "redact",
]
