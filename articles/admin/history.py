"""The history of an article: its versions, and the differences between two of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import revisions
from articles.models import Article, Revision

SHOWN = 200


def context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return the versions and what changed between `?de=` and `?a=`; by default between the last two."""
    versions = list(article.revisions.select_related("actor").defer("content")[:SHOWN])
    newer = _chosen(article, request.GET.get("a"), versions[0].number if versions else 0)
    older = _chosen(article, request.GET.get("de"), newer.number - 1 if newer else 0)
    return {
        "title": _("Historique"),
        "article": article,
        "object": article,
        "versions": versions,
        "older": older,
        "newer": newer,
        "differences": revisions.compare(older, newer) if newer else [],
    }


def _chosen(article: Article, number: str | None, default: int) -> Revision | None:
    wanted = int(number) if number and number.isdecimal() and len(number) < 7 else default
    return article.revisions.filter(number=wanted).first()
