"""The history of an article: its versions, and the differences between two of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from articles.revisions import comparison

SHOWN = 200


def context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return the versions, the newest or those before `?avant=`, and what changed between `?de=`
    and `?a=`; by default between the one that readers see and the last, or between the last two."""
    known = article.revisions.select_related("actor").defer("content")
    before = _number(request.GET.get("avant"))
    versions = list((known.filter(number__lt=before) if before else known)[: SHOWN + 1])
    newer = _chosen(article, request.GET.get("a"), versions[0].number if versions else 0)
    usual = article.live_version if article.has_working_version else article.last_version - 1
    former = usual if newer and newer.number > usual else newer.number - 1 if newer else 0
    older = _chosen(article, request.GET.get("de"), former)
    return {
        "title": _("Historique"),
        "article": article,
        "object": article,
        "versions": versions[:SHOWN],
        "before": before,
        "older_before": versions[SHOWN - 1].number if len(versions) > SHOWN else 0,
        "older": older,
        "newer": newer,
        "differences": comparison.compare(older, newer) if newer else [],
    }


def _chosen(article: Article, number: str | None, default: int) -> Revision | None:
    return article.revisions.filter(number=_number(number) or default).first()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0
