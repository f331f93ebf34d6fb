"""Articles that a text leads to: found while the editor types, told of when they are withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from finding.index import found

MOST = 8


def proposed(text: str) -> dict[str, Any]:
    """Return the articles in any state that have these words, or this number: readers' first."""
    known = Article.objects.select_related("section").only(
        "title", "status", "published_at", "created_at", "section__name"
    )
    rows = [_row(article) for article in _chosen(known, text)]
    said = ngettext("%(n)s article", "%(n)s articles", len(rows)) if rows else _("Aucun article")
    return {"articles": rows, "said": said % {"n": len(rows)} if rows else said}


def _chosen(known: Any, text: str) -> Any:
    if text.startswith("#"):
        return known.filter(pk=int(text[1:])) if text[1:].isdecimal() and len(text) < 19 else []
    if not text.strip():
        return known.published().recent()[:MOST]
    ids = found(Article, text)
    if ids is None:
        return []
    is_public = Case(When(status=Article.Status.PUBLISHED, then=Value(0)), default=Value(1))
    is_public.output_field = IntegerField()
    return known.filter(pk__in=ids).order_by(is_public, "-created_at", "-pk")[:MOST]


def _row(article: Article) -> dict[str, Any]:
    at = timezone.localtime(article.published_at or article.created_at)
    return {
        "href": f"/article/{article.pk}",
        "title": article.title,
        "published": article.is_published,
        "warning": _warning(article),
        "said": " · ".join(
            [
                article.get_status_display(),
                article.section.name,
                date_format(at, "SHORT_DATE_FORMAT"),
            ]
        ),
    }


def _warning(article: Article) -> str:
    if article.status == Article.Status.WITHDRAWN:
        return _("Cet article est retiré : menez plutôt à un autre.")
    if not article.published_at:
        return _("Tant qu’il n’est pas publié, les lecteurs verront les mots sans le lien.")
    return ""


def warn_of_withdrawn(request: HttpRequest, article: Article) -> None:
    """Tell the editor which articles that the text leads to readers no longer have. One query."""
    titles = article.linked_articles.withdrawn().values_list("title", flat=True)
    for title in titles:
        said = _("Ce texte renvoie à un article retiré : « %(title)s ».")
        messages.warning(request, said % {"title": title})
