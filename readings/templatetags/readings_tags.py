"""What readings give to pages that know nothing of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Sum
from django.template.context import RequestContext

from articles.models import Article
from authors.models import Author
from readings import trial, visitors
from readings.models import AlsoViewed, Arm

register = template.Library()
ENTRIES = 5


@register.inclusion_tag("readings/_also_viewed.html", takes_context=True)
def also_viewed(context: RequestContext, article: Article) -> dict[str, Any]:
    """Draw what readers of the article also viewed. One query."""
    arm = trial.arm_of(visitors.visitor_of(context["request"]).key) if settings.ALSO_VIEWED_TRIAL else Arm.USUAL
    entries = list({entry.neighbour_id: entry for entry in AlsoViewed.objects.shown_beside(article, arm)[:ENTRIES]}.values())
    return {
        "articles": [entry.neighbour for entry in entries],
        "from_readings": all(entry.source == AlsoViewed.Source.READINGS for entry in entries),
        "sections": context["sections"],
    }


@register.simple_tag
def readings_of(author: Author) -> int:
    """Return how often the author's published articles were read. One query."""
    return author.articles.published().order_by().aggregate(total=Sum("readings_count"))["total"] or 0
