"""What search engines are told of articles: months, news, authors, keywords, sections. Published only; queries do not grow with the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import archives
from articles.models import Article, ArticleQuerySet
from authors.models import Author
from lib.cached import cached
from lib.html import is_own_file
from lib.web.addresses import absolute
from taxonomy.models import Section, Tag

LIMIT = 50_000  # of the protocol, for one file
NEWS_LIMIT, NEWS_HOURS = 1000, 48  # of Google News
PICTURE = re.compile(r'<img[^>]*\ssrc="([^"]+)"')
CHANGED = Coalesce("modified_at", "published_at")
PUBLISHED = Q(articles__status=Article.Status.PUBLISHED)


@dataclass
class Place:
    """One address of a sitemap; `news`: the article, in the sitemap of news only."""

    path: str
    changed_at: datetime | None = None
    pictures: list[str] = field(default_factory=list)
    news: Article | None = None

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True)
class Month:
    """The articles of a month; `files`: how many sitemaps they need."""

    first: date
    articles: int
    changed_at: datetime

    @property
    def files(self) -> int:
        return -(-self.articles // LIMIT)

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"


def months() -> list[Month]:
    """Return the months in which something was published, the newest first. Three queries at times, none otherwise."""
    counted = cached("sitemaps", lambda: archives.counted(changed=Max(CHANGED)))
    return [
        Month(date(number // 12, number % 12 + 1, 1), articles, changed_at)
        for number, articles, changed_at in counted
    ]


def of_month(year: int, month: int, file: int = 1) -> list[Place]:
    """Return a file of the month's articles with their pictures. Two queries."""
    zone = timezone.get_current_timezone()
    start, end = (
        datetime(year, month, 1, tzinfo=zone),
        datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone),
    )
    found = (
        Article.objects.published()
        .filter(published_at__gte=start, published_at__lt=end)
        .order_by("published_at", "id")
    )
    articles = list(_light(found)[(file - 1) * LIMIT : file * LIMIT])
    inside = dict(found.filter(body__contains="<img").values_list("pk", "body")) if articles else {}
    return [
        Place(
            article.get_absolute_url(),
            article.changed_at,
            _pictures(article, inside.get(article.pk, "")),
        )
        for article in articles
    ]


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
        for address in dict.fromkeys(
            [*lead, *(src for src in PICTURE.findall(body) if is_own_file(src))]
        )
    ][:1000]


def news() -> list[Place]:
    """Return the articles of the last 48 hours. One query."""
    since = timezone.now() - timedelta(hours=NEWS_HOURS)
    articles = _light(Article.objects.published().recent().filter(published_at__gte=since))[
        :NEWS_LIMIT
    ]
    return [
        Place(article.get_absolute_url(), article.changed_at, news=article) for article in articles
    ]


def sections() -> list[Place]:
    """Return the sections, each with the latest change within it or below. One query."""
    found = list(
        Section.objects.in_order().annotate(
            changed=Max(
                Coalesce("articles__modified_at", "articles__published_at"), filter=PUBLISHED
            )
        )
    )
    return [
        Place(
            section.get_absolute_url(),
            latest(
                other.changed for other in found if f"{other.path}/".startswith(f"{section.path}/")
            ),
        )
        for section in found
    ]


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def authors(file: int = 1) -> list[Place]:
    """Return the authors who have published. One query."""
    found: Any = (
        Author.objects.active()
        .order_by("pk")
        .annotate(
            changed=Max(
                Coalesce("articles__modified_at", "articles__published_at"), filter=PUBLISHED
            )
        )
    )
    return [
        Place(author.get_absolute_url(), author.changed)
        for author in found.only("slug")[(file - 1) * LIMIT : file * LIMIT]
    ]


def tags(file: int = 1) -> list[Place]:
    """Return the keywords of published articles. One query."""
    shown = Q(uses__content_object__status=Article.Status.PUBLISHED)
    changed = Max(
        Coalesce("uses__content_object__modified_at", "uses__content_object__published_at"),
        filter=shown,
    )
    found = Tag.objects.order_by("pk").annotate(changed=changed).filter(changed__isnull=False)
    return [
        Place(tag.get_absolute_url(), tag.changed)
        for tag in found[(file - 1) * LIMIT : file * LIMIT]
    ]


def files_of_people_and_words() -> dict[str, int]:
    """Return how many files the authors and the keywords need. Two queries."""
    words = (
        Tag.objects.filter(uses__content_object__status=Article.Status.PUBLISHED).distinct().count()
    )
    return {
        "auteurs": -(-Author.objects.active().count() // LIMIT),
        "mots-cles": -(-words // LIMIT),
    }
