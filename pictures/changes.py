"""What can happen to a picture of the library.

`lib/changes.py` says how it is announced and heard.
"""

from __future__ import annotations

from lib.changes import Change
from pictures.models import Picture

redrawn = Change[Picture]()  # its renditions, or the words beside it
