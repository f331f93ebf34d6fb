"""What readings give to pages that know nothing of them."""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Sum
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from articles.models import Article
from articles.templatetags.articles_tags import teaser
from authors.models import Author
from readings import visitors
from readings.models import AlsoViewed, Variant
from readings.recommendations import experiment, showing
from readings.recommendations.showing import ARTICLE, AUTHOR, SECTION
from taxonomy.models import Section

register = template.Library()
MOST_BLOCKS, MOST_TEASERS = 1_000, 4_000  # that a process keeps: some megabytes


@register.simple_tag(takes_context=True)
def also_viewed(context: RequestContext, article: Article) -> str:
    """Draw what readers of the article also viewed. One query; what was drawn of the same rows before is taken again."""
    variant = (
        experiment.variant_of(visitors.visitor_of(context["request"]).key)
        if settings.ALSO_VIEWED_TRIAL
        else Variant.CONTROL
    )
    tops = tuple((top.path, top.colour) for top in context["sections"])
    return _block(
        tuple(showing.rows_beside(article, variant)),
        tops,
        get_language(),
        timezone.localdate().year,
    )


@lru_cache(MOST_BLOCKS)
def _block(rows: tuple[tuple[Any, ...], ...], *shown_by: Any) -> str:
    fields = {
        "entries": [_teaser(row[1:], *shown_by) for row in rows],
        "from_readings": all(row[0] == AlsoViewed.Source.READINGS for row in rows),
    }
    return render_to_string("readings/_also_viewed.html", fields)


@lru_cache(MOST_TEASERS)
def _teaser(
    row: tuple[Any, ...], tops: tuple[tuple[str, str], ...], _language: str, _year: int
) -> str:
    """Return the teaser of an entry. All that it shows is in the arguments: a new rating draws it anew."""
    pk, fields = row[0], iter(row[1:])
    article = Article(pk=pk, **{name.rpartition("__")[2]: next(fields) for name in ARTICLE})
    if article.published_at and timezone.is_naive(article.published_at):  # SQLite knows no zones
        article.published_at = timezone.make_aware(article.published_at, UTC)
    article.section = Section(**{name.rpartition("__")[2]: next(fields) for name in SECTION})
    article.author = Author(**{name.rpartition("__")[2]: next(fields) for name in AUTHOR})
    sections = [Section(path=path, colour=colour) for path, colour in tops]
    return render_to_string("_teaser.html", teaser({"sections": sections}, article, kind="small"))  # type: ignore[arg-type]


@register.simple_tag
def readings_of(author: Author) -> int:
    """Return how often the author's published articles were read. One query."""
    return (
        author.articles.published().order_by().aggregate(total=Sum("readings_count"))["total"] or 0
    )
