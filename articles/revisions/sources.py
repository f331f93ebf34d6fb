"""The sources of a version, and the rows that readers see of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from articles.models import Article, Source

SOURCE_FIELDS = ("title", "publisher", "url", "published_on", "accessed_on")
Row = dict[str, str]


def row_of(source: Source) -> Row:
    values = ((name, getattr(source, name)) for name in SOURCE_FIELDS)
    return {name: "" if value is None else str(value) for name, value in values}


def shown_rows(article: Article) -> list[Row]:
    """Return the sources of the version that is edited: of the working version that
    `versions.load_working` has loaded, else of the rows. One query at most."""
    if article.working is not None:
        rows: list[Row] = article.working["sources"]
        return rows
    return [row_of(source) for source in article.sources.all()]


def unsaved_sources(article: Article, rows: list[Row]) -> list[Source]:
    """Return the sources of a version as objects, ranks from 1 on; nothing is written."""
    return [Source(article=article, position=n, **_values(row)) for n, row in enumerate(rows, 1)]


def write_sources(article: Article, rows: list[Row]) -> None:
    """Make the sources of the article these, in this order.

    A source that stays keeps its row, so that what is known of it stays with it.
    """
    known: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in article.sources.all():
        known[source.url, source.title if not source.url else ""].append(source)
    kept: list[int] = []
    for source in unsaved_sources(article, rows):
        same = known[source.url, source.title if not source.url else ""]
        if same:
            source.pk = same.pop(0).pk
        source.save()
        kept.append(source.pk)
    article.sources.exclude(pk__in=kept).delete()


def _values(row: Row) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in SOURCE_FIELDS}


def _value(name: str, text: str) -> str | date | None:
    if not name.endswith("_on"):
        return text
    return date.fromisoformat(text) if text else None
