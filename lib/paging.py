"""Pages that neither skip nor repeat a row while others are added.

Each begins after the last row of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")
SALT = "lib.paging"
Position = list[Any]  # what a cursor holds: the values that order the rows, the last one unique


@dataclass(frozen=True)
class KeysetPage(Generic[T]):
    """Some rows of a list, and the way to those around them.

    `older` and `newer`: the cursors of the neighbouring pages, "" where there is none; `before`:
    how many rows of a list stand before these; `query`: that of its own address, "" for the first.
    """

    items: list[T] = field(default_factory=list)
    older: str = ""
    newer: str = ""
    before: int = 0
    query: str = ""

    def address(self, path: str) -> str:
        """Return its own address: each page of a list is a page of its own for search engines."""
        return f"{path}?{self.query}" if self.query else path


def page_of(
    rows: QuerySet[M],
    *,
    keys: tuple[str, str] = ("-published_at", "-id"),
    after: str = "",
    before: str = "",
    size: int = 20,
    parts: Sequence[QuerySet[M]] = (),
) -> KeysetPage[M]:
    """Return the page that follows the cursor `after` or precedes `before`; else the first one.

    One query. `keys` name the field that orders the rows and the id that breaks its ties, both
    descending or both ascending. With `parts`, only their rows are taken: where an index orders
    each of them but none orders all together, the heads of the parts are read and merged, instead
    of everything sorted.
    """
    names = [key.lstrip("-") for key in keys]
    descending = keys[0].startswith("-")
    position = read_cursor(after or before, len(names))
    if position is None:
        after = before = ""
    backwards = bool(before and not after)
    signs = "-" if descending != backwards else ""
    order = [signs + name for name in names]
    heads = [
        _beyond(part, names, position, up=descending == backwards).order_by(*order)[: size + 1]
        for part in parts
    ]
    candidates = (
        rows.filter(pk__in=_ids_of(heads))
        if heads
        else _beyond(rows, names, position, up=descending == backwards)
    )
    found = list(candidates.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return KeysetPage()
    has_older = more if not backwards else True
    has_newer = more if backwards else bool(after)
    return KeysetPage(
        found,
        older=write_cursor([getattr(found[-1], name) for name in names]) if has_older else "",
        newer=write_cursor([getattr(found[0], name) for name in names]) if has_newer else "",
        query=_query(after, before) if has_newer else "",
    )


def _beyond(
    rows: QuerySet[M], names: list[str], position: Position | None, *, up: bool
) -> QuerySet[M]:
    if position is None:
        return rows
    (name, tie), (value, pk), side = names, position, "gt" if up else "lt"
    # the first condition alone bounds the index range; the second breaks ties
    return rows.filter(**{f"{name}__{side}e": value}).filter(
        Q(**{f"{name}__{side}": value}) | Q(**{f"{tie}__{side}": pk})
    )


def _ids_of(heads: Sequence[QuerySet[M]]) -> QuerySet[Any, Any]:
    """Return the ids of all heads.

    Each stands in a query around it: SQLite unites no row limits.
    """
    ids = [head.values("pk") for head in heads]
    if len(ids) == 1:
        return ids[0]
    return union_all(
        [head.model._default_manager.filter(pk__in=head).order_by().values("pk") for head in ids]
    )


def union_all(queries: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Return the rows of all queries; a single one is no union and stays as it is."""
    first, *others = queries
    return first.union(*others, all=True) if others else first


def page_of_list(
    items: Sequence[T],
    *,
    key: Callable[[T], tuple[Any, ...]],
    after: str = "",
    before: str = "",
    size: int = 20,
) -> KeysetPage[T]:
    """Do the same with a list that is sorted by `key`, the highest first; the last part of the key
    is unique."""
    position = read_cursor(after or before, len(key(items[0])) if items else 0)
    start = 0
    if position is not None:
        mark = tuple(position)
        if after:
            start = next((n for n, item in enumerate(items) if key(item) < mark), len(items))
        else:
            start = max(0, sum(1 for item in items if key(item) > mark) - size)
    shown = list(items[start : start + size])
    if not shown:
        return KeysetPage()
    return KeysetPage(
        shown,
        older=write_cursor([*key(shown[-1])]) if start + size < len(items) else "",
        newer=write_cursor([*key(shown[0])]) if start else "",
        before=start,
        query=_query(after, before) if start else "",
    )


def _query(after: str, before: str) -> str:
    return urlencode({"apres": after} if after else {"avant": before})


def write_cursor(position: Position, *, salt: str = SALT) -> str:
    """Return the position as a signed word of an address. A list with orders of its own gives
    each its salt, so that the cursor of one is none of another."""
    written = [
        f"@{value.isoformat()}"
        if isinstance(value, datetime)
        else f"={value}"
        if isinstance(value, str)
        else value
        for value in position
    ]
    return signing.dumps(written, salt=salt, compress=False)


def read_cursor(cursor: str, parts: int, *, salt: str = SALT) -> Position | None:
    """Return what the cursor holds; None if it is not one of ours, or that of another list."""
    try:
        written = signing.loads(cursor, salt=salt)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(written, list) or len(written) != parts:
        return None
    return [_value(value) for value in written]


def _value(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    return datetime.fromisoformat(written[1:]) if written.startswith("@") else written[1:]
