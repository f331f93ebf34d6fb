"""Which articles an expression finds: statements over the full-text index of each database.

FTS5 reads its articles from the newest down and stops when it has enough. The index of PostgreSQL
gives all that match, in no order, which for words of half of 100,000 articles takes five times as
long as for those of a few months; so the months where reading starts are asked first, by their
tokens, and all of them only if these have too little. Left to its planner it would walk down the
table instead, unpacking the words of each article: it believes that to be free, and a word that it
has never met to stand in one article of 200 (docs/decisions/0007-search.md).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
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
RECENT, MOST_MONTHS = 5000, 60  # the months of so many newest articles are asked first
KEPT = 600  # seconds in which these months are the same: an old answer costs time, no article

FULL_TEXT = {  # table, key, what bounds are compared with, condition
    "sqlite": ("search_fulltext", "rowid", "rowid", "search_fulltext MATCH %s"),
    # a subquery hides the words from the planner, and a sum the key: it can only take the words
    "postgresql": ("search_searchentry", "key", "key + 0", "vector @@ (SELECT %s::tsquery)"),
}

Parameters = list[str | int]
Bound = tuple[str, int]  # comparison, key


def counted(expressions: Sequence[str], filters: Filters) -> list[int]:
    """Return how many articles each finds, at most one more than MOST_COUNTED. One query, none
    without expressions."""
    counts: list[str] = []
    parameters: Parameters = []
    for expression in expressions:
        near, every = _by_months(expression, filters)
        count, given = _count(every, filters)
        # a phrase is looked for in each article with its words: not in the nearest ones twice
        if near and DIALECTS[connection.vendor].followed_by not in expression:
            first, asked = _count(near, filters)
            enough = f"{first} > {MOST_COUNTED}"
            count = f"(CASE WHEN {enough} THEN {MOST_COUNTED + 1} ELSE {count} END)"
            given = [*asked, *given]
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
        near, every = _by_months(expression, self.filters, bound, backwards=self.backwards)
        keys, parameters = self._fenced(every, bound)
        if not near:
            return self._write(name, f"{keys} {order}", parameters)
        few, given = self._fenced(near, bound)
        first = self._write(f"{name}_near", f"{few} {order}", given)
        enough = f"(SELECT count(*) FROM {first}) = {size}"  # noqa: S608  (ours)
        return self._write(
            name,
            f"SELECT place FROM {first} WHERE {enough} UNION ALL "  # noqa: S608  (ours)
            f"({keys} WHERE NOT {enough} {order})",
            parameters,
        )

    def _fenced(self, expression: str, bound: Bound | None) -> tuple[str, Parameters]:
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
    table, key, compared, condition = FULL_TEXT[connection.vendor]
    parameters: Parameters = [expression]
    for comparison, value in _bounds(filters, bound):
        condition += f" AND {compared} {comparison} %s"
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


def _by_months(
    expression: str, filters: Filters, bound: Bound | None = None, *, backwards: bool = False
) -> tuple[str, str]:
    """Return the expression within the months where reading starts, empty where asking all at once
    is as good, and within all that the filters leave. Nothing is published with a later date."""
    span = _months_of_the_newest(int(time.time()) // KEPT) if connection.vendor != "sqlite" else 0
    if not span:
        return "", expression
    first = month_of(filters.since) if filters.since else 0
    last = month_of(filters.until or timezone.now()) + 1  # clocks differ at the turn of a month
    is_short = last - first < MOST_MONTHS
    every = _within(range(first, last + 1), expression) if is_short else expression
    start = _month_of_key(bound[1]) if bound else last
    if not backwards:
        near = range(max(first, start - span), start + 1)
    elif bound:
        near = range(start, start + span + 1)
    else:
        near = range(0)
    is_narrower = near and (near.start > first or near.stop <= last)
    return (_within(near, expression) if is_narrower else ""), every


def _within(months: Iterable[int], expression: str) -> str:
    dialect = DIALECTS[connection.vendor]
    one_of_them = dialect.any_of(dialect.token(month_filter(month)) for month in months)
    return dialect.all_of([one_of_them, expression])


@lru_cache(maxsize=1)
def _months_of_the_newest(_period: int) -> int:
    """Return in how many months the RECENT newest articles were published, 0 if there are fewer.
    One query in a period."""
    keys = SearchEntry.objects.order_by("-key").values_list("key", flat=True)
    found = list(keys[RECENT - 1 : RECENT])
    months = month_of(timezone.now()) - _month_of_key(found[0]) + 1 if found else 0
    return min(months, MOST_MONTHS)


def _month_of_key(key: int) -> int:
    return month_of(datetime.fromtimestamp(key // KEYS_PER_SECOND, UTC))


def forget_months() -> None:
    """Forget how many months are asked first: for tests."""
    _months_of_the_newest.cache_clear()
