"""What the front page shows. Three queries, each on an index, whatever the size of the site."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Article, Section

LATEST = 60  # enough to fill the blocks of all sections on a living site
PER_SECTION = 3
RANKED = 4
RANKING_DAYS = 90
MINIMUM_VOTES = 3
RECENT_POOL = 400  # the rankings look at the newest articles only: their cost does not grow with the archive


def content(tops: list[Section]) -> dict[str, Any]:
    """Return lead, selection, blocks by section and the two rankings."""
    latest = list(Article.objects.published().recent().for_lists()[:LATEST])
    lead = next((article for article in latest if article.lead_image_id), latest[0] if latest else None)
    others = [article for article in latest if article != lead]
    selection, rest = others[:4], others[4:]
    return {
        "lead": lead,
        "selection": selection,
        "blocks": [block for top in tops if (block := _block(top, rest))["articles"]],
        "rankings": _rankings(),
    }


def _block(top: Section, articles: list[Article]) -> dict[str, Any]:
    own = [article for article in articles if article.section.top_path == top.path][:PER_SECTION]
    return {"section": top, "articles": own, "first": own[0] if own else None, "others": own[1:]}


def _rankings() -> list[dict[str, Any]]:
    pool = Article.objects.published().recent().filter(published_at__gte=timezone.now() - timedelta(days=RANKING_DAYS)).values("pk")[:RECENT_POOL]
    recent = Article.objects.filter(pk__in=list(pool.values_list("pk", flat=True))).for_lists()
    mean = Cast(F("ratings_sum"), FloatField()) / F("ratings_count")
    commented = recent.filter(comments_count__gt=0).order_by("-comments_count", "-published_at")[:RANKED]
    rated = recent.filter(Q(ratings_count__gte=MINIMUM_VOTES)).annotate(mean=mean).order_by("-mean", "-ratings_count")[:RANKED]
    return [{"fact": "comments", "articles": list(commented)}, {"fact": "ratings", "articles": list(rated)}]
