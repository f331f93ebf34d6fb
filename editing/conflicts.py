"""The second to save sees what the first has changed, field by field, and chooses.

A form carries a mark of each field as it was opened. When it comes back, the marks say which fields
somebody else has changed meanwhile, and which of them were changed here as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db.models import Model, QuerySet
from django.utils import timezone

MARK = 12  # hexadecimal digits: told apart by chance once in 10^14


@dataclass(frozen=True)
class Conflict:
    """A field that another has changed since the form was opened. `is_both`: here it was changed
    too, so that one of the two has to be chosen."""

    name: str
    label: str
    mine: str
    theirs: str
    is_both: bool

    @property
    def mark(self) -> str:
        """Return the mark of what the other has saved: a choice is for that text, no later one."""
        return mark(self.theirs)


def plain(value: Any) -> str:
    """Return the value of a field as one text, the same from the database and from a form."""
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, File):
        return str(value.name or "")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(second=0, microsecond=0).isoformat()
    if isinstance(value, QuerySet | list | tuple | set):
        texts = [plain(one) for one in value]
        is_of_rows = any(isinstance(one, Model) for one in value)
        return ", ".join(sorted(texts) if is_of_rows else texts)
    return str(value).replace("\r\n", "\n").strip()


def marks(values: Mapping[str, Any], still: Mapping[str, str] | None = None) -> str:
    """Return the marks of all fields, as the hidden field of a form holds them; of those that wait
    for a choice the ones that they have `still`."""
    now = {name: mark(plain(value)) for name, value in values.items()}
    return json.dumps(now | dict(still or {}))


def mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:MARK]


def read_marks(sent: str) -> dict[str, str]:
    """Return what the hidden field holds; nothing of what is no marks of ours."""
    try:
        found = json.loads(sent)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def find(
    opened: Mapping[str, str],
    *,
    now: Mapping[str, Any],
    mine: Mapping[str, Any],
    labels: Mapping[str, str],
) -> list[Conflict]:
    """Return the fields that are no longer what they were when the form was opened, but for those
    that both have changed to the same."""
    return [
        Conflict(
            name,
            labels[name],
            mine=plain(mine[name]),
            theirs=plain(now[name]),
            is_both=mark(plain(mine[name])) != opened[name],
        )
        for name in _changed(opened, now)
        if name in mine and plain(mine[name]) != plain(now[name])
    ]


def _changed(opened: Mapping[str, str], now: Mapping[str, Any]) -> Iterable[str]:
    return [name for name in now if name in opened and mark(plain(now[name])) != opened[name]]
