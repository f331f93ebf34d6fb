"""The public pages of articles, sections and keywords."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from articles.models import Article, ArticleQuerySet, Source, TaggedArticle
from articles.models.correction import told_of
from articles.revisions import versions
from articles.views import places
from lib.paging import KeysetPage, page_of
from lib.web import languages, living
from lib.web.addresses import joined, query_of
from lib.web.http import read_only
from taxonomy import sections
from taxonomy.models import Tag

PAGE_SIZE = 20
FEW_USES = 300


@living.lives(places.article)
@read_only
def article_detail(request: HttpRequest, section_path: str, slug: str, pk: str) -> HttpResponse:
    """Show a published article.

    The id alone decides which; any other words lead to the canonical address.
    """
    article = get_object_or_404(Article.objects.for_page(), pk=pk)
    if article.status == Article.Status.WITHDRAWN:
        return _withdrawn(request, article)
    if not article.is_published:
        raise Http404
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(joined(article.get_absolute_url(), query_of(request)))
    return render(request, "articles/article_detail.html", article_context(article))


def article_context(
    article: Article, *, tags: list[Tag] | None = None, sources: list[Source] | None = None
) -> dict[str, Any]:
    """Return what the article page takes, for readers and for the editors' preview.

    `tags` and `sources`: those shown instead of the saved ones. Three queries without them, and one
    for a warning that stands.
    """
    tops = sections.tree()
    trail = sections.trail(article.section, tops)
    if tags is None:
        tags = list(article.tags.all())
    if sources is None:
        sources = list(article.sources.all())
    neutral_path = languages.neutral(article.get_absolute_url())  # one text, one address
    return {
        "article": article,
        "notice": article.notices.standing().first() if article.has_notice else None,
        "corrections": told_of(article),
        "article_address": settings.SITE_URL + neutral_path,
        "sections": tops,
        "trail": trail,
        "page_section": trail[0] if trail else None,
        "sources": sources,
        "tags": tags,
    }


def _withdrawn(request: HttpRequest, article: Article) -> HttpResponse:
    decision = article.decisions.filter(to_status=Article.Status.WITHDRAWN).first()
    seen = versions.live(article) if article.has_working_version else None
    title = seen.content["title"] if seen else article.title  # what was saved since is not public
    context = {"article": article, "title": title, "decision": decision}
    return render(request, "articles/article_withdrawn.html", context, status=410)


@living.lives(places.section)
@read_only
def section(request: HttpRequest, section_path: str) -> HttpResponse:
    tops = sections.tree()
    found = sections.at(section_path, tops)
    if found is None:
        raise Http404
    trail = sections.trail(found, tops)
    parts = [Article.objects.published().filter(section=part.pk) for part in sections.below(found)]
    page = _page(request, Article.objects.for_lists(), parts)
    # a section without sub-sections shows those beside it
    family = found if found.subsections or len(trail) == 1 else trail[-2]
    context = {
        "section": found,
        "family": family,
        "sections": tops,
        "trail": trail,
        "page_section": trail[0],
        "page": page,
    }
    return render(request, "articles/section_detail.html", context)


@living.lives(places.tag)
@read_only
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    counted = Tag.objects.annotate(uses_count=TaggedArticle.count_of_tag())
    found = get_object_or_404(counted, slug=slug)
    page = _page(request, _tagged(found).for_lists())
    return render(request, "articles/tag_detail.html", {"tag": found, "page": page})


def _tagged(tag: Any) -> ArticleQuerySet:
    """Return the articles of the keyword, which carries the number of its uses.

    They are taken from the uses and sorted while they are few, else looked for from the newest on.
    """
    uses = TaggedArticle.objects.filter(tag=tag.pk)
    if tag.uses_count <= FEW_USES:
        return Article.objects.published().filter(taggedarticle__tag=tag.pk)
    return Article.objects.published().filter(Exists(uses.filter(content_object=OuterRef("pk"))))


def _page(
    request: HttpRequest, articles: QuerySet[Article], parts: Sequence[QuerySet[Article]] = ()
) -> KeysetPage[Article]:
    return page_of(
        articles,
        parts=parts,
        after=request.GET.get("apres", ""),
        before=request.GET.get("avant", ""),
        size=PAGE_SIZE,
    )
