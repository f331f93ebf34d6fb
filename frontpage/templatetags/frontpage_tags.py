"""Parts of pages that need several apps: heads of the rankings, their addresses."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from frontpage import rankings
from frontpage.periods import MONTH, Period
from taxonomy import sections
from taxonomy.models import Section

register = template.Library()
RANKED = 4


@register.simple_tag
def ranking_url(ranking: rankings.Ranking, period: Period) -> str:
    return reverse(f"{ranking.slug}-period", args=[period.slug])


@register.inclusion_tag("articles/_section_ranking.html")
def section_ranking(section: Section) -> dict[str, Any]:
    """Draw the most read of the month in the section and below; nothing if nobody read.

    One query, or two.
    """
    places = rankings.READ.places(
        MONTH, sections=[part.pk for part in sections.below(section)], scope=f"section-{section.pk}"
    )[: RANKED + 2]
    return {
        "entries": rankings.entries(
            rankings.READ, places, rankings.articles_at(place[2] for place in places)
        )[:RANKED],
        "ranking": rankings.READ,
        "period": MONTH,
    }
