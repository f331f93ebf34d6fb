"""What can happen to a mail. `lib/changes.py` says how it is announced and heard."""

from __future__ import annotations

from lib.changes import Change
from outbox.models import Mail

sent: Change[Mail] = Change()
