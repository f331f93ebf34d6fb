"""The lists « les plus lus », « les plus commentés », « les mieux notés » of a period.

Most read counts the readings that took place in the period, whatever the age of the article; the
other two rank the articles published in it. A list holds the first two hundred, as (value, second
value, article): the highest first, ties to the newest. It is computed in one query and cached for a
share of what that cost (`lib/cached.py`), so that a page costs the same however large the archive
is, and no counter that each vote changes needs an index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Sum, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.scoring import score, sql_score
from frontpage.periods import Period
from lib.cached import cached
from readings.models import ReadingsOfDay

LENGTH = 200
RankedArticle = tuple[
    float, int, int
]  # what it is ranked by, what parts equals, the id of the article
NOTHING = Value(0, IntegerField())


def _published(
    period: Period, sections: Collection[int] | None, now: datetime | None
) -> QuerySet[Article]:
    articles = Article.objects.published()
    if sections is not None:
        articles = articles.filter(section__in=sections)
    start = period.start(now)
    return articles.filter(published_at__gte=start) if start else articles


def most_read(
    period: Period, sections: Collection[int] | None = None, now: datetime | None = None
) -> QuerySet[Any]:
    first_day = period.first_day(now)
    if first_day is None:
        read = _published(period, sections, now).filter(readings_count__gt=0)
        return read.annotate(first=F("readings_count"), second=NOTHING, shown=F("pk")).order_by(
            "-first", "-shown"
        )
    days = ReadingsOfDay.objects.filter(
        day__gte=first_day, article__status=Article.Status.PUBLISHED
    )
    if sections is not None:
        days = days.filter(article__section__in=sections)
    sums = (
        days.order_by()
        .values("article")
        .annotate(first=Sum("readings_count"), second=NOTHING, shown=F("article"))
    )
    return sums.filter(first__gt=0).order_by("-first", "-shown")


def most_commented(
    period: Period, sections: Collection[int] | None = None, now: datetime | None = None
) -> QuerySet[Any]:
    commented = _published(period, sections, now).filter(comments_count__gt=0)
    return commented.annotate(first=F("comments_count"), second=NOTHING, shown=F("pk")).order_by(
        "-first", "-shown"
    )


def best_rated(
    period: Period, sections: Collection[int] | None = None, now: datetime | None = None
) -> QuerySet[Any]:
    """Rank by the score of `articles/scoring.py`, equals by their number of votes. A sensitive
    subject is not rated."""
    rated = _published(period, sections, now).filter(ratings_count__gt=0, is_sensitive=False)
    return rated.annotate(
        first=F("ratings_sum"), second=F("ratings_count"), shown=F("pk"), score=sql_score()
    ).order_by("-score", "-second", "-shown")


@dataclass(frozen=True)
class Ranking:
    """A list that readers make by reading, commenting or rating.

    slug: first word of the address; fact: what `_ranking.html` says of each article; rows: the
    query, in order.
    """

    slug: str
    fact: str
    name: str | Promise
    rows: Callable[..., QuerySet[Any]]

    def places(
        self, period: Period, *, sections: Collection[int] | None = None, scope: str = ""
    ) -> list[RankedArticle]:
        """Return the list, of these sections only if some are given.

        One query at times, none otherwise.
        """
        return cached(
            f"ranking:{self.slug}:{period.slug}:{scope}", lambda: self.compute(period, sections)
        )

    def compute(
        self, period: Period, sections: Collection[int] | None = None, now: datetime | None = None
    ) -> list[RankedArticle]:
        rows = self.rows(period, sections, now).values_list("first", "second", "shown")[:LENGTH]
        return sorted((self.place(*row) for row in rows), reverse=True)

    def place(self, first: int, second: int, article: int) -> RankedArticle:
        return (
            (score(second, first), second, article)
            if self.fact == "ratings"
            else (first, second, article)
        )


READ = Ranking("les-plus-lus", "readings", _("Les plus lus"), most_read)
COMMENTED = Ranking("les-plus-commentes", "comments", _("Les plus commentés"), most_commented)
RATED = Ranking("les-mieux-notes", "ratings", _("Les mieux notés"), best_rated)
RANKINGS = {ranking.slug: ranking for ranking in (READ, COMMENTED, RATED)}


def heads(period: Period, length: int) -> dict[str, QuerySet[Any]]:
    """Return the queries of the first rows of each list, made so that they can be united.

    SQLite unites no row limits: each stands in a query around it.
    """
    first = {
        slug: ranking.rows(period).values("shown")[:length] for slug, ranking in RANKINGS.items()
    }
    return {
        READ.slug: READ.rows(period).filter(article__in=first[READ.slug]).order_by(),
        COMMENTED.slug: COMMENTED.rows(period).filter(pk__in=first[COMMENTED.slug]).order_by(),
        RATED.slug: RATED.rows(period).filter(pk__in=first[RATED.slug]).order_by(),
    }


def articles_at(ids: Iterable[int], known: Iterable[Article] = ()) -> dict[int, Article]:
    """Return the articles that readers may see, by id.

    Those in `known` are not asked for again. One query.
    """
    found = {article.pk: article for article in known}
    missing = set(ids) - found.keys()
    return found | (
        Article.objects.published().for_lists().order_by().in_bulk(missing) if missing else {}
    )


def entries(
    ranking: Ranking, places: Iterable[RankedArticle], articles: dict[int, Article], first: int = 1
) -> list[dict[str, Any]]:
    """Return what `_ranking.html` draws, without the articles that have left since."""
    readings = ranking.fact == "readings"
    return [
        {"article": articles[pk], "place": number, "readings": value if readings else 0}
        for number, (value, _second, pk) in enumerate(places, first)
        if pk in articles
    ]
