"""What can happen to an author. `lib/changes.py` says how it is announced and heard."""

from __future__ import annotations

from authors.models import Author
from lib.changes import FieldChange

renamed = FieldChange(Author, "pseudonym")
