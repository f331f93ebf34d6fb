"""The months in which something was published, in the site's time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, ArticleQuerySet
from lib.cached import cached

AT_ONCE = 240  # SQLite unites five hundred queries at most


@dataclass(frozen=True)
class Month:
    year: int
    month: int
    count: int = 0

    @classmethod
    def of(cls, moment: datetime) -> Month:
        local = timezone.localtime(moment)
        return cls(local.year, local.month)

    def __str__(self) -> str:
        return date_format(date(self.year, self.month, 1), "F Y")

    @property
    def name(self) -> str:
        return date_format(date(self.year, self.month, 1), "F")

    def get_absolute_url(self) -> str:
        return reverse("articles:month", args=[self.year, f"{self.month:02}"])

    @property
    def number(self) -> int:
        """Return how many months lie before it since the year 0."""
        return self.year * 12 + self.month - 1

    @property
    def start(self) -> datetime:
        return timezone.make_aware(datetime(self.year, self.month, 1))

    @property
    def end(self) -> datetime:
        """Return the midnight at which the next month begins."""
        return timezone.make_aware(datetime(self.year + self.month // 12, self.month % 12 + 1, 1))

    def counted(self, **sums: Aggregate) -> QuerySet[Any]:
        """Return one row: its number, that of its articles, the sums over them."""
        return (
            self.articles.order_by()
            .values(which=Value(self.number, IntegerField()))
            .annotate(n=Count("pk"), **sums)
            .values_list("which", "n", *sums)
        )

    @property
    def articles(self) -> ArticleQuerySet:
        return Article.objects.published().filter(
            published_at__gte=self.start, published_at__lt=self.end
        )


def months() -> list[Month]:
    """Return the months with their numbers of articles, the latest first. One query at times, none otherwise."""
    return [
        Month(number // 12, number % 12 + 1, count) for number, count in cached("archives", counted)
    ]


def counted(**sums: Aggregate) -> list[tuple[Any, ...]]:
    """Return (number of the month, number of its articles, *sums over them) of the months that have articles, the latest first.

    Each month is a range of the index: to cut a hundred thousand dates in Python takes two seconds. Three queries.
    """
    published = Article.objects.published().values_list("published_at", flat=True)
    first, last = (
        published.order_by("published_at", "id").first(),
        published.order_by("-published_at", "-id").first(),
    )
    if first is None or last is None:
        return []
    rows: list[tuple[Any, ...]] = []
    every = list(_months_between(Month.of(first), Month.of(last)))
    for start in range(0, len(every), AT_ONCE):
        rows += _united([month.counted(**sums) for month in every[start : start + AT_ONCE]])
    return sorted((row for row in rows if row[1]), reverse=True)


def _months_between(first: Month, last: Month) -> Iterator[Month]:
    for number in range(first.number, last.number + 1):
        yield Month(number // 12, number % 12 + 1)


def _united(queries: list[QuerySet[Any]]) -> QuerySet[Any]:
    return queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]


def before(month: Month) -> Month | None:
    """Return the nearest earlier month that has articles. One query."""
    found = (
        Article.objects.published()
        .filter(published_at__lt=month.start)
        .recent()
        .values_list("published_at", flat=True)
        .first()
    )
    return Month.of(found) if found else None


def after(month: Month) -> Month | None:
    found = (
        Article.objects.published()
        .filter(published_at__gte=month.end)
        .order_by("published_at", "id")
        .values_list("published_at", flat=True)
        .first()
    )
    return Month.of(found) if found else None
