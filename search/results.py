"""A page of results. One query for the whole search, one for the articles that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article
from lib.french.compounds import Way
from lib.french.marking import extract, marked
from lib.paging import KeysetPage, read_cursor, write_cursor
from lib.text import excerpt, plain_text
from lib.writing.typography import typography
from search.dialects import DIALECTS, level_expressions, match_expression
from search.index import KEYS_PER_SECOND
from search.query import Filters, Query

# Beyond, the page says « plus de 1 000 »: nobody reads them, and counting all of them costs more
# than finding some.
MOST_COUNTED = 1000
PAGE_SIZE = 10  # marking words is most of a page's cost
EXTRACT = 220

FULL_TEXT = {  # table, key, condition: all that differs between the two databases
    "sqlite": ("search_fulltext", "rowid", "search_fulltext MATCH %s"),
    "postgresql": ("search_searchentry", "key", "vector @@ %s::tsquery"),
}

Parameters = list[str | int]
Bound = tuple[str, int]  # comparison, key


@dataclass(frozen=True)
class Position:
    """Where an article stands among the results; `level` counts from 1, the most relevant."""

    level: int
    key: int


@dataclass(frozen=True)
class Window:
    """Which results are asked for: `size` of them after `start`, or before it when `backwards`."""

    start: Position | None
    backwards: bool
    size: int

    @property
    def direction(self) -> str:
        return "ASC" if self.backwards else "DESC"

    def levels(self, last: int) -> list[int]:
        """Return the levels that may hold some of it, in the order in which they are read."""
        levels = list(range(1, last + 1))
        if self.backwards:
            return [n for n in reversed(levels) if self.start is None or n <= self.start.level]
        return [n for n in levels if self.start is None or n >= self.start.level]

    def bound(self, level: int) -> Bound | None:
        if self.start is None or level != self.start.level:
            return None
        return (">" if self.backwards else "<", self.start.key)


@dataclass(frozen=True)
class Hit:
    """An article with the words of the query marked in its title and in an extract; missing: the
    words that it lacks."""

    article: Article
    title: SafeString
    extract: SafeString
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """count: how many articles there are, at most MOST_COUNTED; there may be more."""

    page: KeysetPage[Hit] = field(default_factory=KeysetPage)
    count: int = 0
    has_more: bool = False


def find(
    query: Query,
    filters: Filters,
    *,
    by_date: bool = False,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
    fewest: int = 0,
) -> Results:
    """Return the page that follows the cursor `after` or precedes `before`; the first page without
    a good one; only their number where there are not `fewest` articles. Two queries."""
    salt = "search.date" if by_date else "search.relevance"
    start = _read_position(after or before, salt)
    window = Window(start, backwards=bool(start and before and not after), size=size)
    count, positions = _fetch_positions(query, filters, by_date=by_date, window=window)
    if start and count and not positions:  # what was there is gone: begin again
        return find(query, filters, by_date=by_date, size=size)
    if count < fewest:
        return Results(count=count)
    page = _page(positions, window, salt, query.ways)
    return Results(page, min(count, MOST_COUNTED), has_more=count > MOST_COUNTED)


def _fetch_positions(
    query: Query, filters: Filters, *, by_date: bool, window: Window
) -> tuple[int, list[Position]]:
    """Return the number of articles, capped, and the positions of the page's and of one more.

    Levels are read in turn and only as far as needed: each is a materialised part, which
    PostgreSQL does not run in parallel and neither database runs before it is asked for.
    """
    dialect = DIALECTS[connection.vendor]
    whole = match_expression(query, filters, dialect)
    expressions = [whole] if by_date else level_expressions(query, filters, dialect)
    parts, unions = [], []
    parameters: Parameters = []
    for level in window.levels(len(expressions)):
        keys, given = select_keys(expressions[level - 1], filters, bound=window.bound(level))
        ordered = f"{keys} ORDER BY 1 {window.direction} LIMIT {window.size + 1}"
        parts.append(f"level{level} AS MATERIALIZED ({ordered})")
        unions.append(f" UNION ALL SELECT {level}, place FROM level{level}")  # noqa: S608  (a number)
        parameters += given
    count, given = count_expression(whole, filters)
    statement = f"SELECT 0, {count}{''.join(unions)}"
    if parts:  # none for the cursor of a query that has more levels
        statement = f"WITH {', '.join(parts)} {statement}"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {window.size + 2}", [*parameters, *given])
        (_zero, found), *rows = cursor.fetchall()
    return found, [Position(level, key) for level, key in rows]


def count_expression(expression: str, filters: Filters) -> tuple[str, Parameters]:
    """Return a scalar expression in SQL and its parameters: the number of articles, at most one
    more than MOST_COUNTED."""
    keys, parameters = select_keys(expression, filters)
    limited = f"{keys} LIMIT {MOST_COUNTED + 1}"
    return f"(SELECT count(*) FROM ({limited}) AS found)", parameters  # noqa: S608  (parameters)


def select_keys(
    expression: str, filters: Filters, *, bound: Bound | None = None
) -> tuple[str, Parameters]:
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


def _page(positions: list[Position], window: Window, salt: str, ways: set[Way]) -> KeysetPage[Hit]:
    more, shown = len(positions) > window.size, positions[: window.size]
    if not shown:
        return KeysetPage()
    if window.backwards:
        shown.reverse()
    has_older = more or window.backwards
    has_newer = more if window.backwards else window.start is not None
    return KeysetPage(
        load_hits([position.key for position in shown], ways),
        older=_write_position(shown[-1], salt) if has_older else "",
        newer=_write_position(shown[0], salt) if has_newer else "",
    )


def load_hits(keys: Sequence[int], ways: set[Way]) -> list[Hit]:
    """Return the articles of these keys that readers may see, in this order, the words marked. One
    query."""
    ids = [key % KEYS_PER_SECOND for key in keys]
    # in no order: SQLite would walk an index for it
    articles = Article.objects.published().for_results().order_by().in_bulk(ids)
    return [_hit(articles[pk], ways) for pk in ids if pk in articles]


def _hit(article: Article, ways: set[Way]) -> Hit:
    """Mark the words; the extract is the standfirst if it has one of them, else the place of the
    text where they meet."""
    shown = marked(_typeset(excerpt(article.standfirst, EXTRACT)), ways)
    if ways and "<mark>" not in shown:
        part = extract(article.standfirst, ways, EXTRACT)
        part = part or extract(plain_text(article.body_html), ways, EXTRACT)
        shown = marked(_typeset(part), ways) if part else shown
    return Hit(article, marked(_typeset(article.title), ways), shown)


def _typeset(text: str) -> str:
    return typography(text) if (get_language() or "fr").startswith("fr") else text


def _write_position(position: Position, salt: str) -> str:
    return write_cursor([position.level, position.key], salt=salt)


def _read_position(cursor: str, salt: str) -> Position | None:
    values = read_cursor(cursor, 2, salt=salt)
    return Position(*values) if values else None
