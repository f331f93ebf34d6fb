"""What search engines are told of articles: months, news, authors, keywords, sections.

Published only. Queries do not grow with the site: each file is a range of an index, and nothing is
counted off to reach it (docs/decisions/0011-sitemaps.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import (
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Model,
    Q,
    QuerySet,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from articles import archives
from articles.archives import Month
from articles.models import Article, ArticleQuerySet
from authors.models import Author
from lib.cached import cached
from lib.html.policy import is_own_file
from lib.html.tree import image_addresses
from lib.web.addresses import absolute
from taxonomy.models import Section, Tag

LIMIT = 50_000  # of the protocol, for one file
NEWS_LIMIT, NEWS_HOURS = 1000, 48  # of Google News
CHANGED = Coalesce("modified_at", "published_at")
PUBLISHED = Q(articles__status=Article.Status.PUBLISHED)
IN_USE = Q(uses__content_object__status=Article.Status.PUBLISHED)
Row = TypeVar("Row", bound=Model)


@dataclass
class SitemapEntry:
    """One address of a sitemap; `news`: the article, in the sitemap of news only."""

    path: str
    changed_at: datetime | None = None
    pictures: list[str] = field(default_factory=list)
    news: Article | None = None

    @property
    def url(self) -> str:
        return absolute(self.path)


Start = tuple[datetime, int]  # published_at and id of the first article of a file


@dataclass(frozen=True)
class SitemapMonth:
    """The articles of a month; `cuts`: where its second file begins, its third…"""

    month: Month
    articles: int
    changed_at: datetime
    cuts: list[Start]

    @property
    def files(self) -> int:
        return len(self.cuts) + 1

    @property
    def name(self) -> str:
        return f"{self.month.year}-{self.month.month:02}"


def months() -> list[SitemapMonth]:
    """Return the months in which something was published, the newest first.

    Three queries at times, and one for each month that needs several files; none otherwise.
    """
    return [
        SitemapMonth(Month.numbered(number), articles, changed_at, cuts)
        for number, articles, changed_at, cuts in cached("sitemaps", _months)
    ]


def _months() -> list[tuple[int, int, datetime, list[Start]]]:
    return [
        (number, articles, changed_at, _cuts(number) if articles > LIMIT else [])
        for number, articles, changed_at in archives.counted(changed=Max(CHANGED))
    ]


def _cuts(number: int) -> list[Start]:
    """Number the articles of the month along the index; return the first of each file but one."""
    row = Window(RowNumber(), order_by=[F("published_at").asc(), F("id").asc()])
    firsts = Month.numbered(number).articles.annotate(rank=(row - 1) % LIMIT).filter(rank=0)
    starts = firsts.order_by("published_at", "id").values_list("published_at", "id")
    return [(at, pk) for at, pk in starts if at][1:]


def of_month(year: int, month: int, file: int = 1) -> list[SitemapEntry]:
    """Return a file of the month's articles with their pictures, found by its range.

    Two queries, besides those that count the months.
    """
    asked = Month(year, month)
    cuts = next((known.cuts for known in months() if known.month == asked), [])
    if file > len(cuts) + 1:
        return []
    start, end = ([None, *cuts, None])[file - 1 : file + 1]
    found = _between(asked.articles, start, end).order_by("published_at", "id")
    articles = list(_light(found)[:LIMIT])
    inside = dict(found.filter(body__contains="<img").values_list("pk", "body")) if articles else {}
    return [
        SitemapEntry(
            article.get_absolute_url(),
            article.changed_at,
            _pictures(article, inside.get(article.pk, "")),
        )
        for article in articles
    ]


def _between(articles: ArticleQuerySet, start: Start | None, end: Start | None) -> ArticleQuerySet:
    if start:
        at, pk = start
        articles = articles.filter(published_at__gte=at).exclude(published_at=at, pk__lt=pk)
    if end:
        at, pk = end
        articles = articles.filter(published_at__lte=at).exclude(published_at=at, pk__gte=pk)
    return articles


def _light(articles: ArticleQuerySet) -> ArticleQuerySet:
    return articles.select_related("section", "lead_image").only(
        "title",
        "slug",
        "published_at",
        "modified_at",
        "section__path",
        "lead_image__file",
        "lead_image__widths",
        "lead_image__width",
        "lead_image__height",
    )


def _pictures(article: Article, body: str) -> list[str]:
    lead = [article.lead_image.medium_rendition()[0]] if article.lead_image else []
    return [
        absolute(address)
        for address in dict.fromkeys([*lead, *filter(is_own_file, image_addresses(body))])
    ][:1000]


def news() -> list[SitemapEntry]:
    """Return the articles of the last 48 hours. One query."""
    since = timezone.now() - timedelta(hours=NEWS_HOURS)
    articles = _light(Article.objects.published().recent().filter(published_at__gte=since))[
        :NEWS_LIMIT
    ]
    return [
        SitemapEntry(article.get_absolute_url(), article.changed_at, news=article)
        for article in articles
    ]


def sections() -> list[SitemapEntry]:
    """Return the sections, each with the latest change within it or below. One query."""
    changed = Coalesce("articles__modified_at", "articles__published_at")
    in_order = Section.objects.in_order().annotate(changed=Max(changed, filter=PUBLISHED))
    found: list[Any] = list(in_order)

    def changes_within(section: Section) -> Iterable[datetime | None]:
        return (row.changed for row in found if f"{row.path}/".startswith(f"{section.path}/"))

    return [
        SitemapEntry(section.get_absolute_url(), latest(changes_within(section)))
        for section in found
    ]


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def authors(file: int = 1) -> list[SitemapEntry]:
    """Return the authors who have published, by id. One query."""
    changed = Coalesce("articles__modified_at", "articles__published_at")
    found = Author.objects.active().annotate(changed=Max(changed, filter=PUBLISHED)).only("slug")
    return _entries(_of_file(found, file))


def tags(file: int = 1) -> list[SitemapEntry]:
    """Return the keywords of published articles, by id. One query."""
    article = "uses__content_object"
    changed = Coalesce(f"{article}__modified_at", f"{article}__published_at")
    found = Tag.objects.annotate(changed=Max(changed, filter=IN_USE)).filter(changed__isnull=False)
    return _entries(_of_file(found, file))


def _entries(rows: Iterable[Any]) -> list[SitemapEntry]:
    """`rows`: what has an address, annotated with the time of its last change."""
    return [SitemapEntry(row.get_absolute_url(), row.changed) for row in rows]


def _of_file(rows: QuerySet[Row], file: int) -> QuerySet[Row]:
    """Return the rows of the file in order: its ids are a range, whatever is missing from it."""
    return rows.filter(pk__gt=(file - 1) * LIMIT, pk__lte=file * LIMIT).order_by("pk")


def files_of_people_and_words() -> dict[str, list[int]]:
    """Return the numbers of the files that authors and keywords fill. Two queries."""
    return {
        "auteurs": _files(Author.objects.active()),
        "mots-cles": _files(Tag.objects.filter(IN_USE)),
    }


def _files(rows: QuerySet[Any]) -> list[int]:
    file = ExpressionWrapper((F("pk") - 1) / LIMIT + 1, output_field=IntegerField())
    return sorted(rows.order_by().values_list(file, flat=True).distinct())
