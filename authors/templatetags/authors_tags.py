"""The author, everywhere the same: byline, box and the four numbers come from one place."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import ngettext

from authors.models import Author
from lib.french.words import ELIDED, WORD

register = template.Library()


@register.simple_tag
def byline(author: Author) -> str:
    """Return "4 articles (Rédacteur)"."""
    count = ngettext("%(n)s article", "%(n)s articles", author.articles_count) % {
        "n": author.articles_count
    }
    return f"{count} ({author.get_role_display()})"


@register.filter
def initials(pseudonym: str) -> str:
    """Return the first letters of the first two words, for the monogram: "Plume-d'Oie" -> "PO"."""
    words = [word for word in WORD.findall(pseudonym) if word.lower() not in ELIDED]
    return "".join(word[0].upper() for word in (words or WORD.findall(pseudonym))[:2])


@register.inclusion_tag("authors/_author_box.html")
def author_box(author: Author) -> dict[str, Any]:
    return {"author": author}


@register.inclusion_tag("authors/_counters.html")
def author_counters(author: Author) -> dict[str, Any]:
    return {"author": author}
