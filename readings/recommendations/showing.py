"""What the block at the foot of an article shows, as its page is asked for: one query, compiled once in a process.

To compile it costs Django several times what the database needs to answer, and every article page asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections, router

from articles.models import Article
from readings.models import AlsoViewed

ENTRIES = 5
THIS_ARTICLE, THIS_VARIANT = (
    -1,
    "?",
)  # stand in the compiled query for what each page has of its own

# what an entry shows
ARTICLE = tuple(
    f"neighbour__{name}"
    for name in ("title", "slug", "published_at", "ratings_count", "ratings_sum", "comments_count")
)
SECTION = tuple(f"neighbour__section__{name}" for name in ("name", "path", "colour"))
AUTHOR = ("neighbour__author__pseudonym",)


def rows_beside(article: Article, variant: str) -> list[tuple[Any, ...]]:
    """Return (source, article id, *ARTICLE, *SECTION, *AUTHOR) of each entry as the database gives them. One query."""
    alias = router.db_for_read(AlsoViewed)
    statement, parameters = _compiled(alias)
    own: dict[Any, Any] = {THIS_ARTICLE: article.pk, THIS_VARIANT: variant}
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [own.get(parameter, parameter) for parameter in parameters])
        return list({row[1]: row for row in cursor.fetchall()}.values())


@cache
def _compiled(alias: str) -> tuple[str, Sequence[Any]]:
    rows = AlsoViewed.objects.using(alias).shown_beside(Article(pk=THIS_ARTICLE), THIS_VARIANT)
    compiler = rows.values_list("source", "neighbour", *ARTICLE, *SECTION, *AUTHOR)[
        :ENTRIES
    ].query.get_compiler(alias)
    statement, parameters = compiler.as_sql()
    return statement, tuple(parameters)
