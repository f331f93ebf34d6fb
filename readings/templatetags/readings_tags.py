"""What readings give to pages that know nothing of them."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.db.models import Sum
from django.template.context import RequestContext

from articles.models import Article
from authors.models import Author
from readings import visitors
from readings.models import AlsoViewed, Variant
from readings.recommendations.experiment import variant_of

register = template.Library()


@register.inclusion_tag("readings/_also_viewed.html", takes_context=True)
def also_viewed(context: RequestContext, article: Article) -> dict[str, object]:
    """Draw what readers of the article also viewed; on a sensitive subject only what editors have
    chosen. One query."""
    variant: str = Variant.CONTROL
    if settings.ALSO_VIEWED_TRIAL:
        variant = variant_of(visitors.visitor_of(context["request"]).key)
    entries: dict[int, AlsoViewed] = {}
    for entry in AlsoViewed.objects.shown_beside(article, variant)[: AlsoViewed.SHOWN]:
        if not article.is_sensitive or entry.source == AlsoViewed.Source.EDITOR:
            # the site's list may repeat the article's
            entries.setdefault(entry.neighbour_id, entry)
    return {
        "entries": list(entries.values()),
        "from_readings": all(
            entry.source == AlsoViewed.Source.READINGS for entry in entries.values()
        ),
        "sections": context["sections"],
    }


@register.simple_tag
def readings_of(author: Author) -> int:
    """Return how often the author's published articles were read. One query."""
    published = author.articles.published().order_by()
    return published.aggregate(total=Sum("readings_count"))["total"] or 0
