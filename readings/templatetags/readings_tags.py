"""What readings give to pages that know nothing of them."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.db.models import Sum
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from articles.models import Article, Section
from articles.templatetags.articles_tags import teaser
from authors.models import Author
from readings import showing, trial, visitors
from readings.models import AlsoViewed, Arm
from readings.showing import ARTICLE, AUTHOR, SECTION

register = template.Library()
DRAWN_SECONDS = 3600


@register.inclusion_tag("readings/_also_viewed.html", takes_context=True)
def also_viewed(context: RequestContext, article: Article) -> dict[str, Any]:
    """Draw what readers of the article also viewed. One query."""
    arm = trial.arm_of(visitors.visitor_of(context["request"]).key) if settings.ALSO_VIEWED_TRIAL else Arm.USUAL
    rows = showing.rows_beside(article, arm)
    return {
        "entries": _drawn([row[1:] for row in rows], context),
        "from_readings": all(row[0] == AlsoViewed.Source.READINGS for row in rows),
    }


def _drawn(rows: list[tuple[Any, ...]], context: RequestContext) -> list[str]:
    """Return the teasers of these entries. A teaser is drawn anew when anything that it shows has changed."""
    stamp = get_language(), timezone.localdate().year, [(top.path, top.colour) for top in context["sections"]]
    keys = {hashlib.sha256(f"{row} {stamp}".encode()).hexdigest(): row for row in rows}
    known = cache.get_many(keys)
    fresh = {key: _draw(row, context) for key, row in keys.items() if key not in known}
    if fresh:
        cache.set_many(fresh, DRAWN_SECONDS)
    return [known.get(key) or fresh[key] for key in keys]


def _draw(row: tuple[Any, ...], context: RequestContext) -> str:
    pk, fields = row[0], iter(row[1:])
    article = Article(pk=pk, **{name.rpartition("__")[2]: next(fields) for name in ARTICLE})
    if article.published_at and timezone.is_naive(article.published_at):  # SQLite knows no zones
        article.published_at = timezone.make_aware(article.published_at, UTC)
    article.section = Section(**{name.rpartition("__")[2]: next(fields) for name in SECTION})
    article.author = Author(**{name.rpartition("__")[2]: next(fields) for name in AUTHOR})
    return render_to_string("_teaser.html", teaser(context, article, kind="small"))


@register.simple_tag
def readings_of(author: Author) -> int:
    """Return how often the author's published articles were read. One query."""
    return author.articles.published().order_by().aggregate(total=Sum("readings_count"))["total"] or 0
