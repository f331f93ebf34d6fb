"""Which articles an expression finds: statements over the full-text index of each database.

FTS5 reads its articles from the newest down and stops when it has enough. The index of PostgreSQL
gives all that match, in no order, which for words of half of 100,000 articles takes ten times as
long as for those of the newest months; so these are asked first, by their tokens, and all months
only if the newest have too little. Left to its planner it would walk down the table instead,
unpacking the words of each article: it believes that to be free, and a word that it has never met
to stand in one article of 200 (docs/decisions/0007-search.md).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from search.dialects import DIALECTS
from search.document import month_filter, month_of
from search.index import KEYS_PER_SECOND
from search.models import SearchEntry
from search.query import Filters

# Beyond, the page says « plus de 1 000 »: nobody reads them, and counting all of them costs more
# than finding some.
MOST_COUNTED = 1000
# how many of the newest articles are asked first, at least; in how many months at most
RECENT, MOST_MONTHS = 5000, 60
KEPT = 600  # seconds: an old answer costs time, no article

FULL_TEXT = {  # table, key, condition
    "sqlite": ("search_fulltext", "rowid", "search_fulltext MATCH %s"),
    # a subquery hides the words from the planner, which then takes the index whatever they are
    "postgresql": ("search_searchentry", "key", "vector @@ (SELECT %s::tsquery)"),
}

Parameters = list[str | int]
Bound = tuple[str, int]  # comparison, key


def counted(expressions: Sequence[str], filters: Filters) -> list[int]:
    """Return how many articles each finds, at most one more than MOST_COUNTED. One query, none
    without expressions; one more every ten minutes."""
    counts: list[str] = []
    parameters: Parameters = []
    for expression in expressions:
        count, given = _count(expression, filters)
        # few newest articles have a phrase, and each of them is read for it
        is_phrase = DIALECTS[connection.vendor].followed_by in expression
        if not is_phrase and (newest := _of_the_newest(expression)):
            first, asked = _count(newest, filters)
            count = (
                f"(SELECT CASE WHEN n > {MOST_COUNTED} THEN n ELSE {count} END "  # noqa: S608  (ours)
                f"FROM (SELECT {first} AS n) AS newest)"
            )
            given = [*given, *asked]
        counts.append(count)
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

    @property
    def sql(self) -> str:
        return f"WITH {', '.join(self._written)} " if self._written else ""

    def add(self, expression: str, size: int, *, bound: Bound | None = None) -> str:
        """Add a part of at most `size` keys; return its name."""
        name = f"part{len(self._written)}"
        order = f"ORDER BY 1 {'ASC' if self.backwards else 'DESC'} LIMIT {size}"
        every, parameters = self._sorted(expression, bound)
        newest = "" if self.backwards else _of_the_newest(expression)
        if not newest:
            return self._write(name, f"{every} {order}", parameters)
        few, given = self._sorted(newest, bound)
        first = self._write(f"{name}_newest", f"{few} {order}", given)
        enough = f"(SELECT count(*) FROM {first}) = {size}"  # noqa: S608  (ours)
        return self._write(
            name,
            f"SELECT place FROM {first} WHERE {enough} UNION ALL "  # noqa: S608  (ours)
            f"({every} WHERE NOT {enough} {order})",
            parameters,
        )

    def _sorted(self, expression: str, bound: Bound | None) -> tuple[str, Parameters]:
        keys, parameters = _keys(expression, self.filters, bound)
        # OFFSET 0 keeps PostgreSQL from walking down the keys instead of sorting them
        fence = {"sqlite": keys, "postgresql": f"SELECT place FROM ({keys} OFFSET 0) AS every"}  # noqa: S608
        return fence[connection.vendor], parameters

    def _write(self, name: str, statement: str, parameters: Parameters) -> str:
        self._written.append(f"{name} AS MATERIALIZED ({statement})")
        self.parameters += parameters
        return name


def _count(expression: str, filters: Filters) -> tuple[str, Parameters]:
    keys, parameters = _keys(expression, filters)
    limited = f"{keys} LIMIT {MOST_COUNTED + 1}"
    return f"(SELECT count(*) FROM ({limited}) AS found)", parameters  # noqa: S608  (parameters)


def _keys(expression: str, filters: Filters, bound: Bound | None = None) -> tuple[str, Parameters]:
    """Return a statement that yields the keys of the articles of an expression, and its
    parameters."""
    table, key, condition = FULL_TEXT[connection.vendor]
    parameters: Parameters = [expression]
    for comparison, value in _bounds(filters, bound):
        condition += f" AND {key} {comparison} %s"
        parameters.append(value)
    return f"SELECT {key} AS place FROM {table} WHERE {condition}", parameters  # noqa: S608  (ours)


def _bounds(filters: Filters, bound: Bound | None) -> Iterator[Bound]:
    if filters.since:
        yield ">=", _first_key(filters.since)
    if filters.until:
        yield "<", _first_key(filters.until)
    if bound:
        yield bound


def _first_key(moment: datetime) -> int:
    return int(moment.timestamp()) * KEYS_PER_SECOND


def _of_the_newest(expression: str) -> str:
    """Return the expression within the newest months; empty where asking all of them at once is
    as good."""
    if connection.vendor == "sqlite":
        return ""
    first = _first_new_month(int(time.time()) // KEPT)
    if not first:
        return ""
    dialect = DIALECTS[connection.vendor]
    last = month_of(timezone.now())
    months = range(max(first, last - MOST_MONTHS), last + 1)
    newest = dialect.any_of(dialect.token(month_filter(month)) for month in months)
    return dialect.all_of([newest, expression])


@lru_cache(maxsize=1)
def _first_new_month(_period: int) -> int:
    """Return the month of the last one of the RECENT newest articles, 0 if there are fewer. One
    query in a period."""
    keys = SearchEntry.objects.order_by("-key").values_list("key", flat=True)
    found = list(keys[RECENT : RECENT + 1])
    return month_of(datetime.fromtimestamp(found[0] // KEYS_PER_SECOND, UTC)) if found else 0
