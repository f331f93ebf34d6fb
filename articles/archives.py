"""The months in which something was published, in the site's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, ArticleQuerySet
from lib.remembering import remembered


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
    def start(self) -> datetime:
        return timezone.make_aware(datetime(self.year, self.month, 1))

    @property
    def end(self) -> datetime:
        """Return the midnight at which the next month begins."""
        return timezone.make_aware(datetime(self.year + self.month // 12, self.month % 12 + 1, 1))

    @property
    def articles(self) -> ArticleQuerySet:
        return Article.objects.published().filter(published_at__gte=self.start, published_at__lt=self.end)


def months() -> list[Month]:
    """Return the months with their numbers of articles, the latest first. One query at times, none otherwise."""
    return remembered("archives", _count)


def _count() -> list[Month]:
    rows = Article.objects.published().order_by().annotate(month=TruncMonth("published_at")).values_list("month").annotate(count=Count("pk"))
    return [Month(month.year, month.month, count) for month, count in rows.order_by("-month")]


def before(month: Month) -> Month | None:
    """Return the nearest earlier month that has articles. One query."""
    found = Article.objects.published().filter(published_at__lt=month.start).recent().values_list("published_at", flat=True).first()
    return Month.of(found) if found else None


def after(month: Month) -> Month | None:
    found = Article.objects.published().filter(published_at__gte=month.end).order_by("published_at", "id").values_list("published_at", flat=True).first()
    return Month.of(found) if found else None
