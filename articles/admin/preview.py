"""The page of a text that was sent to be looked at: nothing is written and no lock is taken.

To save, render and roll back would show the same, but SQLite has one writer at a time: while a page
is drawn, nobody else could vote, comment or save.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from articles.admin.forms import ArticleForm
from articles.models import Article, Source
from articles.revisions import versions
from articles.revisions.sources import unsaved_sources
from articles.views.pages import article_context
from taxonomy.models import Tag


def unsaved_context(form: ArticleForm, sources: list[Source]) -> dict[str, Any]:
    """Return what the article page takes, from a valid form and its sources in order."""
    article, data = form.instance, form.cleaned_data
    if data.get("upload"):
        article.lead_image = None  # it is stored with the text, not before
    if data.get("new_slug") and article.slug:
        article.slug = article.slug_from_title()
    article.render_body()
    tags = _in_page_order(article, data["keywords"])
    _date(article, tags, sources)
    return {
        **article_context(article, tags=tags, sources=sources),
        "preview": True,
        "unsaved": True,
        "upload": bool(data.get("upload")),
    }


def saved_context(article: Article) -> dict[str, Any]:
    """Return the same of the text that was saved last, whether readers see it or not."""
    versions.load_working(article)
    if article.working is None:
        return {**article_context(article), "preview": True}
    article.render_body()
    tags = _in_page_order(article, article.working["tags"])
    sources = unsaved_sources(article, article.working["sources"])
    _date(article, tags, sources)
    return {**article_context(article, tags=tags, sources=sources), "preview": True}


def _in_page_order(article: Article, names: list[str]) -> list[Tag]:
    """Return the keywords as the page will show them: those that it has, then the new ones."""
    kept = list(article.tags.values_list("pk", flat=True))
    tags = Tag.objects.named_unsaved(names)
    return sorted(tags, key=lambda tag: kept.index(tag.pk) if tag.pk in kept else len(kept))


def _date(article: Article, tags: list[Tag], sources: list[Source]) -> None:
    """Date a published text that differs from the one that readers see, as putting it online
    would."""
    seen = versions.live(article)
    digest = versions.digest(versions.snapshot(article, tags, sources))
    if article.is_published and (seen is None or seen.digest != digest):
        article.modified_at = timezone.now()
