"""Parts of pages about articles: stars, teasers, pictures, rating panel."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.translation import get_language

from articles.forms import RatingForm
from articles.models import Article, Rating
from articles.voting import refusal
from authors.models import Author
from lib.templatetags.meta_tags import SHORTEST_DESCRIPTION, description_of
from lib.templatetags.text_tags import day
from lib.text import excerpt, plain_text
from lib.web.addresses import absolute
from taxonomy.templatetags.taxonomy_tags import colour_of

register = template.Library()
TEASER_CHARACTERS = 220


@register.inclusion_tag("_stars.html")
def stars(value: Decimal | None) -> dict[str, str]:
    """Draw the part of five stars that is said beside it, for the eye only."""
    return {"width": f"{(value or 0) * 24:.1f}"}  # text: a number would get a decimal comma


@register.filter
def teaser_text(text: str) -> str:
    return excerpt(text, TEASER_CHARACTERS)


@register.filter
def meta_description(article: Article) -> str:
    """Return 50 to 160 characters: standfirst, else subtitle, else the beginning of the text."""
    for text in (article.standfirst, article.subtitle, plain_text(article.body_html)):
        if len(text) >= SHORTEST_DESCRIPTION:
            return excerpt(text)
    return description_of(
        article.standfirst,
        article.subtitle,
        f"{article.title} - {article.section.name} - {article.author.pseudonym}",
        plain_text(article.body_html),
    )


@register.filter
def page_description(html: str) -> str:
    return excerpt(plain_text(html))


@register.simple_tag
def absolute_url(path: str) -> str:
    """Return the address with scheme and host, for other machines."""
    return absolute(path)


@register.filter
def short_date(moment: datetime) -> str:
    """14 mars, with the year unless it is this one."""
    local = timezone.localtime(moment).date()
    is_of_this_year = local.year == timezone.localdate().year
    return _written_day(local, "j F" if is_of_this_year else "j F Y", get_language())


@lru_cache(1_000)
def _written_day(date: date, format: str, _language: str | None) -> str:
    """Do it once for the days that lists show again and again."""
    return day(date, format)


SIZES = {
    "lead": "(min-width: 64rem) 52rem, 100vw",
    "row": "(min-width: 48rem) 15rem, 6rem",
    "block": "(min-width: 64rem) 24rem, (min-width: 48rem) 45vw, 6rem",
}


@register.inclusion_tag("_teaser.html", takes_context=True)
def teaser(
    context: RequestContext,
    article: Article,
    kind: str = "",
    level: str = "h3",
    hide_section: bool = False,
    hide_author: bool = False,
    plain: bool = False,
) -> dict[str, Any]:
    """Draw an article in a list: lead, row and block carry its picture, small only the title."""
    return {
        "article": article,
        "colour": colour_of(article.section, context["sections"]),
        "kind": kind,
        "level": level,
        "picture": article.lead_image if kind in SIZES and not article.is_sensitive else None,
        "sizes": SIZES.get(kind, ""),
        "lazy": kind != "lead",
        "show_section": not hide_section,
        "show_author": not hide_author,
        "plain": plain or kind == "small",
    }


@register.inclusion_tag("articles/_rating.html", takes_context=True)
def rating(context: RequestContext, article: Article) -> dict[str, Any]:
    """Draw the readers' rating and the reader's own.

    Two queries for a member, none for a visitor.
    """
    request = context["request"]
    reader = Author.objects.of(request.user)
    return rating_panel(article, reader) | {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "proposed": proposed(request.GET.get("note")),
    }


def rating_panel(article: Article, reader: Author | None) -> dict[str, Any]:
    """Return what the panel shows; also used for the fragment that answers a vote."""
    own = Rating.objects.filter(article=article, reader=reader).first() if reader else None
    return {
        "article": article,
        "reader": reader,
        "own": own,
        "refusal": refusal(article, reader) if reader else None,
        "form": RatingForm(),
        "choices": range(1, 6),
    }


def proposed(value: str | None) -> int | None:
    """Return the rating that a visitor chose before signing in, None if the address holds none."""
    return int(value) if value in {"1", "2", "3", "4", "5"} else None
