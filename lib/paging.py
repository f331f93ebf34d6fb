"""Pages that neither skip nor repeat a row while others are added: each begins after the last row of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """items: the rows; `older` and `newer`: the cursors of the neighbouring pages, "" where there is none."""

    items: list[M]
    older: str = ""
    newer: str = ""


def page_of(rows: QuerySet[M], *, keys: tuple[str, str] = ("-published_at", "-id"), after: str = "", before: str = "", size: int = 20) -> KeysetPage[M]:
    """Return the page that follows the cursor `after` or precedes `before`, the first page without a good one. One query.

    `keys` name a descending field and the id that breaks its ties.
    """
    field = keys[0].lstrip("-")
    position = _read(after or before)
    if position is None:
        after = before = ""
    backwards = bool(before and not after)
    order = (field, "id") if backwards else keys
    found = list(_beyond(rows, field, position, backwards).order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return KeysetPage([])
    has_older = more if not backwards else True
    has_newer = more if backwards else bool(after)
    return KeysetPage(
        found,
        older=_cursor(found[-1], field) if has_older else "",
        newer=_cursor(found[0], field) if has_newer else "",
    )


def _beyond(rows: QuerySet[M], field: str, position: tuple[Any, int] | None, backwards: bool) -> QuerySet[M]:
    if position is None:
        return rows
    value, pk = position
    side = "gt" if backwards else "lt"
    # the first condition alone bounds the index range; the second breaks ties
    return rows.filter(**{f"{field}__{side}e": value}).filter(Q(**{f"{field}__{side}": value}) | Q(**{f"id__{side}": pk}))


def _cursor(row: Model, field: str) -> str:
    value = getattr(row, field)
    written = f"@{value.isoformat()}" if isinstance(value, datetime) else str(value)
    return signing.dumps([written, row.pk], salt="lib.paging", compress=False)


def _read(cursor: str) -> tuple[Any, int] | None:
    try:
        value, pk = signing.loads(cursor, salt="lib.paging")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (datetime.fromisoformat(value[1:]) if value.startswith("@") else float(value)), pk
