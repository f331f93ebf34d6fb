"""What a page says to machines: description, address, card, feeds, structured data."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lib.paging import KeysetPage
from lib.text import excerpt, normalise_line
from lib.web.addresses import absolute, address

register = template.Library()
SHORTEST_DESCRIPTION = 50
LESS_THAN_MARKUP = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
WORD = re.compile(r"[^\W\d_]{2,}")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
NOT_WORDS = {"article", "html", "htm", "php", "spip", "feed", "index", "www", "https"}


@register.inclusion_tag("_page_meta.html", takes_context=True)
def page_meta(
    context: RequestContext,
    title: str,
    description: str,
    path: str,
    kind: str = "website",
    page: KeysetPage[Any] | None = None,
) -> dict[str, Any]:
    """Draw description, canonical address and card of a page without a picture of its own.

    `page`: that of a list at `path`.
    """
    magazine, title = context["magazine"], plain(title)
    return {
        "title": f"{continued(page)}{title}",
        "description": description_of(
            plain(description), f"{title}. {magazine.description}", magazine.promise
        ),
        "address": absolute(page.address(path) if page else path),
        "kind": kind,
        "locale": LOCALES.get(get_language() or "", ""),
        "magazine": magazine,
    }


@register.simple_tag
def continued(page: KeysetPage[Any] | None) -> str:
    """Return how the title of a later page of a list begins; nothing for the first."""
    return _("Suite") + " - " if page and page.newer else ""


def plain(text: str) -> str:
    """Return a sentence that a template has put together, and escaped, as it was meant."""
    return unescape(text) if hasattr(text, "__html__") else str(text)


def description_of(*texts: str) -> str:
    """Return 50 to 160 characters: the first text, and the next ones while it is too short."""
    said = ""
    for text in texts:
        said = f"{said} {normalise_line(text)}".strip()
        if len(said) >= SHORTEST_DESCRIPTION:
            break
    return excerpt(said)


@register.inclusion_tag("_feed_links.html")
def feed_links(title: str, name: str, *args: Any) -> dict[str, str]:
    """Tell of a feed in its three formats; `name` is that of its address, "articles:feed"."""
    return {
        "title": title,
        "rss": address(name, *args),
        "atom": address(f"{name}_atom", *args),
        "json": address(f"{name}_json", *args),
    }


@register.filter
def as_data(data: dict[str, Any]) -> SafeString:
    """Write structured data so that no text in it can end its script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(LESS_THAN_MARKUP))  # noqa: S308


@register.filter
def words_of_address(path: str) -> str:
    """Return the words that a broken address still tells, to search with.

    "/a/article/le-sel-12" -> "a le sel".
    """
    words = WORD.findall(unquote(path, errors="ignore").replace("\x00", ""))
    return " ".join(
        list(dict.fromkeys(word for word in words if word.lower() not in NOT_WORDS))[:8]
    )[:120]
