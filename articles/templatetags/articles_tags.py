"""Parts of pages about articles: stars, teasers, pictures, rating panel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html

from articles.forms import RatingForm
from articles.models import Article, Picture, Rating, Section
from articles.voting import refusal
from authors.models import Author
from lib.frame import absolute
from lib.templatetags.meta_tags import SHORTEST_DESCRIPTION, description_of
from lib.templatetags.text_tags import day
from lib.text import excerpt, plain_text

register = template.Library()
TEASER_CHARACTERS = 220


@register.inclusion_tag("_stars.html")
def stars(value: float | None) -> dict[str, str]:
    """Draw the exact fraction of five stars, for the eye only: words stand beside it."""
    return {"width": f"{(value or 0) * 24:.1f}"}  # text: a number would get a decimal comma


@register.filter
def teaser_text(text: str) -> str:
    return excerpt(text, TEASER_CHARACTERS)


@register.filter
def meta_description(article: Article) -> str:
    """Return 50 to 160 characters: the standfirst, else the subtitle, else the beginning of the text."""
    for text in (article.standfirst, article.subtitle, plain_text(article.body_html)):
        if len(text) >= SHORTEST_DESCRIPTION:
            return excerpt(text)
    return description_of(
        article.standfirst, article.subtitle, f"{article.title} - {article.section.name} - {article.author.pseudonym}", plain_text(article.body_html)
    )


@register.filter
def shared_picture(article: Article) -> dict[str, Any] | None:
    """Return the picture that other sites show with the article: its card, the lead picture before the card is drawn."""
    card = getattr(article, "share_picture", None)
    if card:
        return {"url": absolute(card.file.url), "type": "image/png", "width": card.WIDTH, "height": card.HEIGHT, "alt": article.title}
    if article.lead_image is None:
        return None
    url, width, height = article.lead_image.moderate()
    return {"url": absolute(url), "type": article.lead_image.media_type, "width": width, "height": height, "alt": article.lead_image.alt}


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
    local = timezone.localtime(moment)
    return day(local, "j F" if local.year == timezone.localdate().year else "j F Y")


@register.inclusion_tag("_picture.html")
def picture(
    picture: Picture, css: str = "picture__image", sizes: str = "100vw", lazy: bool = True, decorative: bool = False, priority: bool = False
) -> dict[str, Any]:
    """Draw a picture of the library in the best format and width; beside its own title it is decorative."""
    return {
        "picture": picture,
        "css": css,
        "sizes": sizes,
        "lazy": lazy and not priority,
        "priority": priority,
        "alt": "" if decorative else picture.alt,
        "avif": picture.srcset("avif"),
        "fallback": picture.srcset(picture.fallback_extension),
    }


SIZES = {
    "lead": "(min-width: 64rem) 52rem, 100vw",
    "row": "(min-width: 48rem) 15rem, 6rem",
    "block": "(min-width: 64rem) 24rem, (min-width: 48rem) 45vw, 6rem",
}


@register.inclusion_tag("_teaser.html", takes_context=True)
def teaser(
    context: RequestContext, article: Article, kind: str = "", level: str = "h3", hide_section: bool = False, hide_author: bool = False, plain: bool = False
) -> dict[str, Any]:
    """Draw an article in a list: lead, row and block carry its picture, small has the title only."""
    return {
        "article": article,
        "colour": colour_of(article.section, context["sections"]),
        "kind": kind,
        "level": level,
        "picture": article.lead_image if kind in SIZES else None,
        "sizes": SIZES.get(kind, ""),
        "lazy": kind != "lead",
        "show_section": not hide_section,
        "show_author": not hide_author,
        "plain": plain or kind == "small",
    }


@register.simple_tag(takes_context=True)
def section_colour(context: RequestContext, section: Section) -> str:
    """Return the attribute that gives a block the section's colour, with a space before; empty without a colour."""
    colour = colour_of(section, context.get("sections") or ())
    return format_html(' data-section="{}"', colour) if colour else ""


def colour_of(section: Section, tops: Iterable[Section]) -> str:
    """Return the section's colour or that of its top section."""
    return section.colour or next((top.colour for top in tops if top.path == section.top_path), "")


@register.inclusion_tag("articles/_share.html", takes_context=True)
def share(context: RequestContext, article: Article, address: str) -> dict[str, Any]:
    """Draw the ways to share that the site's settings choose, and the ways to follow."""
    magazine = context["magazine"]
    return {"article": article, "address": address, "links": magazine.share_links(article.title, address), "followed_at": magazine.followed_at}


@register.inclusion_tag("articles/_rating.html", takes_context=True)
def rating(context: RequestContext, article: Article) -> dict[str, Any]:
    """Draw the readers' rating and the reader's own. Two queries for a member, none for a visitor."""
    request = context["request"]
    reader = Author.objects.of(request.user)
    return rating_panel(article, reader) | {"request": request, "csrf_token": context.get("csrf_token"), "proposed": proposed(request.GET.get("note"))}


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
    """Return the note that a visitor chose before signing in; None if the address holds nothing of the kind."""
    return int(value) if value in {"1", "2", "3", "4", "5"} else None
