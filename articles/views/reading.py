"""The public pages of articles, sections and keywords."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles import sections
from articles.models import Article, Section, Tag
from lib import languages
from lib.paging import KeysetPage, page_of

PAGE_SIZE = 20


@require_safe
def article_detail(request: HttpRequest, section_path: str, slug: str, pk: str) -> HttpResponse:
    """Show a published article; the id alone decides which, any other words lead to the canonical address."""
    article = get_object_or_404(Article.objects.for_page(), pk=pk)
    if article.status == Article.Status.WITHDRAWN:
        return _withdrawn(request, article)
    if not article.is_published:
        raise Http404
    if request.path != article.get_absolute_url():
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{article.get_absolute_url()}?{query}" if query else article.get_absolute_url())
    return render(request, "articles/article_detail.html", article_context(article))


def article_context(article: Article) -> dict[str, Any]:
    """Return what the article page takes, for readers and for the editors' preview. Three queries."""
    tops = sections.tree()
    trail = sections.trail(article.section, tops)
    return {
        "article": article,
        "article_address": settings.SITE_URL + languages.neutral(article.get_absolute_url()),  # one text, one address
        "sections": tops,
        "trail": trail,
        "page_section": trail[0] if trail else None,
        "sources": list(article.sources.all()),
        "tags": list(article.tags.all()),
    }


def _withdrawn(request: HttpRequest, article: Article) -> HttpResponse:
    decision = article.decisions.filter(to_status=Article.Status.WITHDRAWN).first()
    return render(request, "articles/article_withdrawn.html", {"article": article, "decision": decision}, status=410)


@require_safe
def section(request: HttpRequest, section_path: str) -> HttpResponse:
    tops = sections.tree()
    found = get_object_or_404(Section, path=section_path)
    trail = sections.trail(found, tops)
    page = _page(request, Article.objects.published().in_section(found).for_lists())
    context = {"section": trail[-1], "sections": tops, "trail": trail, "page_section": trail[0], "page": page}
    return render(request, "articles/section_detail.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    page = _page(request, Article.objects.published().filter(taggedarticle__tag=found).for_lists())
    return render(request, "articles/tag_detail.html", {"tag": found, "page": page})


def _page(request: HttpRequest, articles: Any) -> KeysetPage[Article]:
    return page_of(articles, after=request.GET.get("apres", ""), before=request.GET.get("avant", ""), size=PAGE_SIZE)
