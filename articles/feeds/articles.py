"""Feeds of articles: of the site, a section, a keyword, an author.

A text that was corrected lately stays in its feeds even when newer ones have pushed it out, under
the same id and with its new date, so that whoever has read it learns of the correction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Subquery
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import Article, ArticleDecision, ArticleQuerySet
from articles.models.correction import told_of
from authors.models import Author
from lib.feeds.conditional import FeedState, FeedSubject, portable_html
from lib.feeds.formats import EMPTY_SINCE, Media
from lib.web.addresses import absolute
from lib.writing.typography import typography
from magazine.feeds import MagazineFeed
from taxonomy.models import Section, Tag

NEWEST = 20
CORRECTED = 10
CORRECTED_DAYS = 30
SHOWN = (
    "pk",
    "published_at",
    "modified_at",
    "updated_at",
    "lead_image__widths",
    "author__pseudonym",
    "section__path",
    "section__name",
)

LAST_DECISION = Subquery(ArticleDecision.objects.order_by("-id").values("decided_at")[:1])


class ArticleFeed(MagazineFeed):
    """Six queries at most, of which three before an answer 304."""

    def articles(self, thing: Any) -> ArticleQuerySet:
        return Article.objects.published()

    def state(self, thing: Any) -> FeedState:
        """Return the newest articles and the lately corrected ones, the last published first.

        Two queries.
        """
        found, since = self.articles(thing), timezone.now() - timedelta(days=CORRECTED_DAYS)
        newest = list(found.recent().values_list(*SHOWN, LAST_DECISION)[:NEWEST])
        corrected = found.corrected().filter(modified_at__gte=since).values_list(*SHOWN)[:CORRECTED]
        rows = sorted(
            {row[0]: row[: len(SHOWN)] for row in [*newest, *corrected]}.values(),
            key=lambda row: (row[1], row[0]),
            reverse=True,
        )
        decided = newest[0][-1] if newest else None  # what was withdrawn has left no row
        return FeedState(
            rows,
            max(
                [moment for row in rows for moment in row[1:4] if moment] + [decided or EMPTY_SINCE]
            ),
        )

    def title(self, subject: FeedSubject) -> str:
        return typography(
            f"{subject.magazine.name} - {subject.thing}" if subject.thing else subject.magazine.name
        )

    def link(self, subject: FeedSubject) -> str:
        return absolute(subject.thing.get_absolute_url() if subject.thing else "/")

    def items(self, subject: FeedSubject) -> list[Article]:
        """Two queries: the texts, the keywords."""
        tagged = Article.objects.for_page().prefetch_related("tags")  # type: ignore[misc]  # taggit's
        found = tagged.in_bulk(subject.state.ids)
        articles = [found[pk] for pk in subject.state.ids if pk in found]
        for article in articles:
            article.feed_content = full_text(article, subject.magazine)
        return articles

    def item_title(self, article: Article) -> str:
        return typography(article.title)

    def item_description(self, article: Article) -> str:
        return str(escape(typography(article.standfirst or article.subtitle or article.title)))

    def item_pubdate(self, article: Article) -> datetime | None:
        return article.published_at

    def item_updateddate(self, article: Article) -> datetime | None:
        return article.changed_at

    def item_author_name(self, article: Article) -> str:
        return str(article.author.pseudonym)

    def item_author_link(self, article: Article) -> str:
        return absolute(article.author.get_absolute_url())

    def item_categories(self, article: Article) -> list[str]:
        return list(
            dict.fromkeys([article.section.name, *sorted(tag.name for tag in article.tags.all())])
        )

    def item_comments(self, article: Article) -> str:
        return f"{absolute(article.get_absolute_url())}#reactions"

    def item_extra_kwargs(self, article: Article) -> dict[str, Any]:
        summary = typography(article.standfirst or article.subtitle)
        return {"content": article.feed_content, "summary": summary, "media": media(article)}


def full_text(article: Article, magazine: Any) -> str:
    """Return the whole text as it can stand in a reader's own program: picture, text, where its
    sources are, warning. No query."""
    address = absolute(article.get_absolute_url())
    context = {
        "article": article,
        "address": address,
        "magazine": magazine,
        "picture": media(article),
        "corrections": told_of(article),
    }
    html = render_to_string("articles/_feed_content.html", context)
    return portable_html(html, address)


def media(article: Article) -> Media | None:
    picture = article.lead_image
    if picture is None:
        return None
    url, width, height = picture.medium_rendition()
    return {
        "url": absolute(url),
        "type": picture.media_type,
        "width": width,
        "height": height,
        "alt": picture.alt,
        "credit": picture.credit,
    }


class SiteFeed(ArticleFeed):
    def path(self, thing: None) -> str:
        return reverse("articles:feed")


class SectionFeed(ArticleFeed):
    def find(self, section_path: str) -> Section:
        return get_object_or_404(Section, path=section_path)

    def articles(self, thing: Section) -> ArticleQuerySet:
        return Article.objects.published().in_section(thing)

    def path(self, thing: Section) -> str:
        return reverse("articles:section_feed", args=[thing.path])

    def description(self, subject: FeedSubject) -> str:
        section: Section = subject.thing
        return section.description or _("Les articles de la rubrique %(section)s.") % {
            "section": section.name
        }


class TagFeed(ArticleFeed):
    def find(self, slug: str) -> Tag:
        return get_object_or_404(Tag, slug=slug)

    def articles(self, thing: Tag) -> ArticleQuerySet:
        return Article.objects.published().filter(taggedarticle__tag=thing)

    def path(self, thing: Tag) -> str:
        return reverse("articles:tag_feed", args=[thing.slug])

    def description(self, subject: FeedSubject) -> str:
        return _("Les articles de %(name)s sur : %(tag)s.") % {
            "name": subject.magazine.name,
            "tag": subject.thing,
        }


class AuthorFeed(ArticleFeed):
    def find(self, slug: str) -> Author:
        return get_object_or_404(Author, slug=slug)

    def articles(self, thing: Author) -> ArticleQuerySet:
        return Article.objects.published().by(thing)

    def path(self, thing: Author) -> str:
        return reverse("articles:author_feed", args=[thing.slug])

    def description(self, subject: FeedSubject) -> str:
        return _("Les articles de %(author)s sur %(name)s.") % {
            "author": subject.thing,
            "name": subject.magazine.name,
        }
