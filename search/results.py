"""A page of results. One query for the whole search, one for the articles that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article
from lib.french import extract, marked
from lib.text import excerpt, plain_text, typography
from search.dialects import LANGUAGES, everything, levels
from search.index import KEYS_A_SECOND
from search.query import Filters, Query

MOST_COUNTED = 1000  # beyond, the page says « plus de 1 000 »: nobody reads them, and counting all costs more than finding some
PAGE_SIZE = 10  # marking words is most of a page's cost
EXTRACT = 220

SOURCES = {  # table, key, condition: the only words in which the two databases differ
    "sqlite": ("search_fulltext", "rowid", "search_fulltext MATCH %s"),
    "postgresql": ("search_searchentry", "key", "vector @@ %s::tsquery"),
}


@dataclass(frozen=True)
class Found:
    """An article with the words of the query marked in its title and in an extract."""

    article: Article
    title: SafeString
    extract: SafeString


@dataclass(frozen=True)
class Page:
    """items: the articles found; `older` and `newer`: the cursors of the next and the previous page, "" where there is none."""

    items: list[Found] = field(default_factory=list)
    older: str = ""
    newer: str = ""


@dataclass(frozen=True)
class Results:
    """count: how many articles there are, at most MOST_COUNTED; there may be more."""

    page: Page = field(default_factory=Page)
    count: int = 0
    has_more: bool = False


Position = tuple[int, int]  # level from 1, key


def find(
    query: Query,
    filters: Filters,
    *,
    by_date: bool = False,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Results:
    """Return the page that follows the cursor `after` or precedes `before`; the first one without a good one. Two queries."""
    salt = "date" if by_date else "relevance"
    position = _read(after or before, salt)
    backwards = bool(position and before and not after)
    count, places = _places(
        query, filters, by_date=by_date, position=position, backwards=backwards, size=size
    )
    if position and count and not places:  # what was there is gone: begin again
        return find(query, filters, by_date=by_date, size=size)
    more, places = len(places) > size, places[:size]
    places = places[::-1] if backwards else places
    page = Page(
        _shown(places, query.tokens),
        older=_cursor(places[-1], salt) if places and (more or backwards) else "",
        newer=_cursor(places[0], salt) if places and (more if backwards else position) else "",
    )
    return Results(page, min(count, MOST_COUNTED), has_more=count > MOST_COUNTED)


def _places(
    query: Query,
    filters: Filters,
    *,
    by_date: bool,
    position: Position | None,
    backwards: bool,
    size: int,
) -> tuple[int, list[Position]]:
    """Return the number of articles, capped, and the places of the page's. Levels are read in turn and only as far as needed:
    each is a materialised part, which PostgreSQL does not run in parallel and neither database runs before it is asked for."""
    language = LANGUAGES[connection.vendor]
    whole = everything(query, filters, language)
    expressions = dict(enumerate([whole] if by_date else levels(query, filters, language), start=1))
    order = "ASC" if backwards else "DESC"
    values: list[str | int] = []
    parts, union = [], []
    for level in sorted(expressions, reverse=backwards):
        if position and (level > position[0] if backwards else level < position[0]):
            continue
        beyond = (
            (">" if backwards else "<", position[1]) if position and level == position[0] else None
        )
        statement, given = select(expressions[level], filters, beyond=beyond)
        values += given
        parts.append(
            f"level{level} AS MATERIALIZED ({statement} ORDER BY 1 {order} LIMIT {size + 1})"
        )
        union.append(f" UNION ALL SELECT {level}, place FROM level{level}")  # noqa: S608  (values are parameters)
    counted, given = counting(whole, filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join(parts)} SELECT 0, {counted}{''.join(union)} LIMIT {size + 2}",
            [*values, *given],
        )
        (_zero, count), *places = cursor.fetchall()
    return count, places


def counting(expression: str, filters: Filters) -> tuple[str, list[str | int]]:
    """Return a scalar expression in SQL, the number of articles, at most one more than MOST_COUNTED, and its parameters."""
    statement, values = select(expression, filters)
    return f"(SELECT count(*) FROM ({statement} LIMIT {MOST_COUNTED + 1}) AS found)", values  # noqa: S608  (values are parameters)


def select(
    expression: str, filters: Filters, *, beyond: tuple[str, int] | None = None
) -> tuple[str, list[str | int]]:
    """Return a statement that yields the keys of the articles of an expression, and its parameters."""
    table, key, condition = SOURCES[connection.vendor]
    values: list[str | int] = [expression]
    for side, bound in _bounds(filters, beyond):
        condition += f" AND {key} {side} %s"
        values.append(bound)
    return f"SELECT {key} AS place FROM {table} WHERE {condition}", values  # noqa: S608  (values are parameters)


def _bounds(filters: Filters, beyond: tuple[str, int] | None) -> Iterator[tuple[str, int]]:
    if filters.since:
        yield ">=", _key(filters.since)
    if filters.until:
        yield "<", _key(filters.until)
    if beyond:
        yield beyond


def _key(moment: datetime) -> int:
    return int(moment.timestamp()) * KEYS_A_SECOND


def _shown(places: list[Position], tokens: set[str]) -> list[Found]:
    ids = [key % KEYS_A_SECOND for _level, key in places]
    articles = (
        Article.objects.published().for_results().order_by().in_bulk(ids)
    )  # in no order: SQLite would walk an index for it
    return [_found(articles[pk], tokens) for pk in ids if pk in articles]


def _found(article: Article, tokens: set[str]) -> Found:
    """Mark the words; the extract is the standfirst if it has one of them, else the place of the text where they meet."""
    shown = excerpt(article.standfirst, EXTRACT)
    marked_standfirst = marked(_typeset(shown), tokens)
    if tokens and "<mark>" not in marked_standfirst:
        part = extract(article.standfirst, tokens, EXTRACT) or extract(
            plain_text(article.body_html), tokens, EXTRACT
        )
        marked_standfirst = marked(_typeset(part), tokens) if part else marked_standfirst
    return Found(article, marked(_typeset(article.title), tokens), marked_standfirst)


def _typeset(text: str) -> str:
    return typography(text) if (get_language() or "fr").startswith("fr") else text


def _cursor(position: Position, salt: str) -> str:
    return signing.dumps(position, salt=f"articles.search.{salt}", compress=False)


def _read(cursor: str, salt: str) -> Position | None:
    try:
        level, key = signing.loads(cursor, salt=f"articles.search.{salt}")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return level, key
