"""What can happen to sections and keywords. `lib/changes.py` says how it is announced and heard."""

from __future__ import annotations

from lib.changes import FieldChange
from taxonomy.models import Section, Tag

section_renamed = FieldChange(Section, "name")
keyword_renamed = FieldChange(Tag, "name")
