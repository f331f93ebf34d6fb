"""Which articles an expression finds: statements over the full-text index of each database.

FTS5 reads its rowids in order and stops when it has enough. PostgreSQL has two ways, each dear for
the other's expressions: walking down from the newest article, which unpacks the words of each one
that it passes, or asking the index for all that match and sorting their keys. Its planner believes
that unpacking is free and takes a word that it has never met for one of five hundred articles; so
we choose. What more than MOST_COUNTED articles have is looked for among the newest WINDOW first;
the rest, and whatever the window does not fill, comes from the index, which costs milliseconds even
for the most frequent word of 100,000 articles (docs/decisions/0007-search.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from search.index import KEYS_PER_SECOND
from search.query import Filters

# Beyond, the page says « plus de 1 000 »: nobody reads them, and counting all of them costs more
# than finding some.
MOST_COUNTED = 1000
WINDOW = 500

FULL_TEXT = {  # table, key, condition
    "sqlite": ("search_fulltext", "rowid", "search_fulltext MATCH %s"),
    # a subquery hides the words from the planner, which then takes the index whatever they are
    "postgresql": ("search_searchentry", "key", "vector @@ (SELECT %s::tsquery)"),
}
Parameters = list[str | int]
Bound = tuple[str, int]  # comparison, key


def counted(expressions: Sequence[str], filters: Filters) -> list[int]:
    """Return how many articles each finds, at most one more than MOST_COUNTED. One query, none
    without expressions."""
    counts: list[str] = []
    parameters: Parameters = []
    for expression in expressions:
        keys, given = _keys(expression, filters)
        limited = f"{keys} LIMIT {MOST_COUNTED + 1}"
        counts.append(f"(SELECT count(*) FROM ({limited}) AS found)")  # noqa: S608  (parameters)
        parameters += given
    return list(rows_of(f"SELECT {', '.join(counts)}", parameters)[0]) if counts else []


def rows_of(statement: str, parameters: Parameters) -> list[tuple[Any, ...]]:
    """Return the rows of a statement over the index. One query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@dataclass
class Parts:
    """The beginning of a statement: parts that each hold the newest keys of an expression, in order
    under `place`, the oldest first when `backwards`. A part that is not asked for does not run."""

    filters: Filters
    backwards: bool = False
    parameters: Parameters = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _windows: dict[Bound | None, str] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        return f"WITH {', '.join(self._written)} " if self._written else ""

    def add(
        self, expression: str, size: int, *, is_frequent: bool, bound: Bound | None = None
    ) -> str:
        """Add a part of at most `size` keys and return its name.

        is_frequent: whether enough articles may match that the newest ones are worth looking at.
        """
        name = f"part{len(self._written)}"
        keys, parameters = _keys(expression, self.filters, bound)
        if connection.vendor == "sqlite":
            return self._write(name, f"{keys} {self._newest(size)}", parameters)
        # OFFSET 0 keeps the planner from walking down the keys
        rest = f"SELECT place FROM ({keys} OFFSET 0) AS every"  # noqa: S608  (ours)
        if not is_frequent:
            return self._write(name, f"{rest} {self._newest(size)}", parameters)
        window = self._window(bound)
        seen = self._write(
            f"{name}_seen",
            f"SELECT place FROM {window} WHERE vector @@ %s::tsquery LIMIT {size}",  # noqa: S608
            [expression],
        )
        enough = f"(SELECT count(*) FROM {seen}) = {size}"  # noqa: S608  (ours)
        return self._write(
            name,
            f"SELECT place FROM {seen} WHERE {enough} UNION ALL "  # noqa: S608  (ours)
            f"({rest} WHERE NOT {enough} {self._newest(size)})",
            parameters,
        )

    def _window(self, bound: Bound | None) -> str:
        """Return the part with the newest articles, their words unpacked once for all parts, and
        only as far as these read."""
        if bound not in self._windows:
            condition, parameters = _within("key", self.filters, bound)
            self._windows[bound] = self._write(
                f"window{len(self._windows)}",
                "SELECT place, vector || ''::tsvector AS vector FROM (SELECT key AS place, vector "  # noqa: S608  (ours)
                f"FROM search_searchentry WHERE true{condition} {self._newest(WINDOW)}) AS newest",
                parameters,
            )
        return self._windows[bound]

    def _write(self, name: str, statement: str, parameters: Parameters) -> str:
        self._written.append(f"{name} AS MATERIALIZED ({statement})")
        self.parameters += parameters
        return name

    def _newest(self, size: int) -> str:
        return f"ORDER BY 1 {'ASC' if self.backwards else 'DESC'} LIMIT {size}"


def _keys(expression: str, filters: Filters, bound: Bound | None = None) -> tuple[str, Parameters]:
    """Return a statement that yields the keys of the articles of an expression, and its
    parameters."""
    table, key, condition = FULL_TEXT[connection.vendor]
    within, parameters = _within(key, filters, bound)
    return (
        f"SELECT {key} AS place FROM {table} WHERE {condition}{within}",  # noqa: S608  (ours)
        [expression, *parameters],
    )


def _within(key: str, filters: Filters, bound: Bound | None) -> tuple[str, Parameters]:
    bounds = list(_bounds(filters, bound))
    condition = "".join(f" AND {key} {comparison} %s" for comparison, _value in bounds)
    return condition, [value for _comparison, value in bounds]


def _bounds(filters: Filters, bound: Bound | None) -> Iterator[Bound]:
    if filters.since:
        yield ">=", _first_key(filters.since)
    if filters.until:
        yield "<", _first_key(filters.until)
    if bound:
        yield bound


def _first_key(moment: datetime) -> int:
    return int(moment.timestamp()) * KEYS_PER_SECOND
