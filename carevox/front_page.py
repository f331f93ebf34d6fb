"""What the front page shows. Three queries, each on an index, whatever the size of the site."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

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
    """Return the most commented and the best rated of the newest articles. Two queries: numbers, then the winners."""
    since = timezone.now() - timedelta(days=RANKING_DAYS)
    numbers = Article.objects.published().recent().filter(published_at__gte=since)
    pool = list(numbers.values_list("pk", "comments_count", "ratings_sum", "ratings_count")[:RECENT_POOL])
    commented = sorted((row for row in pool if row[1]), key=lambda row: -row[1])[:RANKED]
    rated = sorted((row for row in pool if row[3] >= MINIMUM_VOTES), key=lambda row: (-row[2] / row[3], -row[3]))[:RANKED]
    articles = Article.objects.for_lists().in_bulk({row[0] for row in [*commented, *rated]})
    return [
        {"fact": "comments", "articles": [articles[row[0]] for row in commented]},
        {"fact": "ratings", "articles": [articles[row[0]] for row in rated]},
    ]
