"""A page of results, their number, and the words marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
from search.fulltext import MOST_COUNTED, Bound, Parts, counted, rows_of
from search.index import KEYS_PER_SECOND
from search.query import Filters, Query

PAGE_SIZE = 10  # marking words is most of a page's cost
EXTRACT = 220


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
    a good one; only their number where there are not `fewest` articles. Three queries."""
    salt = "search.date" if by_date else "search.relevance"
    start = _read_position(after or before, salt)
    window = Window(start, backwards=bool(start and before and not after), size=size)
    dialect = DIALECTS[connection.vendor]
    whole = match_expression(query, filters, dialect)
    [count] = counted([whole], filters)
    if count < max(fewest, 1):
        return Results(count=count)
    levels = [whole] if by_date else level_expressions(query, filters, dialect)
    positions = _fetch_positions(levels, filters, window)
    if start and not positions:  # what was there is gone: begin again
        return find(query, filters, by_date=by_date, size=size)
    page = _page(positions, window, salt, query.ways)
    return Results(page, min(count, MOST_COUNTED), has_more=count > MOST_COUNTED)


def _fetch_positions(levels: Sequence[str], filters: Filters, window: Window) -> list[Position]:
    """Return the positions of the page's articles and of one more.

    Levels are read in turn and only as far as needed: neither database runs a part before it is
    asked for.
    """
    parts = Parts(filters, backwards=window.backwards)
    unions = []
    for level in window.levels(len(levels)):
        part = parts.add(levels[level - 1], window.size + 1, bound=window.bound(level))
        unions.append(f"SELECT {level}, place FROM {part}")  # noqa: S608  (ours)
    if not unions:  # the cursor of a query that has more levels
        return []
    statement = f"{parts.sql}{' UNION ALL '.join(unions)} LIMIT {window.size + 1}"
    return [Position(level, key) for level, key in rows_of(statement, parts.parameters)]


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
