"""Where the pages of articles, sections and keywords are, without making them.

An article is found even by a damaged address: its id decides.
"""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from articles.addresses import begins_with, ids_meant, parts_of_damaged
from articles.archives import Month
from articles.models import Article
from lib.web import living
from taxonomy.models import Section, Tag

ADDRESSED = (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)


def article(section_path: str, slug: str, pk: str) -> str:
    addressed = Article.objects.filter(status__in=ADDRESSED).select_related("section")
    return get_object_or_404(addressed, pk=pk).get_absolute_url()


def published(pk: str) -> Article:
    """Return what the pages below an article hang on; 404 if readers may not see it."""
    return get_object_or_404(Article.objects.published().select_related("section"), pk=pk)


def section(section_path: str) -> str:
    return get_object_or_404(Section, path=section_path).get_absolute_url()


def tag(slug: str) -> str:
    return get_object_or_404(Tag, slug=slug).get_absolute_url()


def month(year: str, month: str) -> str | None:
    found = Month(int(year), int(month))
    return found.get_absolute_url() if found.articles.exists() else None


def meant(path: str) -> str | None:
    """Return where the article is that a damaged address names, or the page below it; None if it
    names none. At most two queries: the article, the page below it."""
    parts = parts_of_damaged(path)
    article = _named(parts[0]) if parts else None
    if article is None or parts is None:
        return None
    place, below = article.get_absolute_url(), parts[1]
    if below and not article.is_published:  # what stood below it has gone with it
        return None
    page = living.canonical(f"{place}/{below.lower()}/") if below else None
    return page or place


def _named(words: str) -> Article | None:
    """Return the article of whose id and words this is the beginning, else the one of the likeliest
    id."""
    ids = ids_meant(words)
    addressed = Article.objects.filter(status__in=ADDRESSED).select_related("section")
    known = addressed.only("slug", "title", "status", "section__path").in_bulk(ids)
    found = [known[pk] for pk in ids if pk in known]
    exact = (one for one in found if begins_with(words, f"{one.slug}-{one.pk}"))
    likely = (one for one in found if ids[one.pk])
    return next(exact, None) or next(likely, None)
