"""The drawn icons, one file of symbols."""

from __future__ import annotations

from functools import cache

from django import template
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
@cache
def icons() -> str:
    """Return the address of the file; a list asks for it once a teaser, and it never changes."""
    return static("img/icons.svg")
