"""What can happen to a reaction. `lib/changes.py` says how it is announced and heard."""

from __future__ import annotations

from comments.models import Comment
from lib.changes import Change

shown = Change[Comment]()  # written, released or restored by a moderator
edited = Change[Comment]()  # its words
hidden = Change[Comment]()  # by a moderator, or taken back by its author: a tombstone is left
