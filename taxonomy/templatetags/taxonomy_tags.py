"""The colours of sections."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html

from taxonomy.models import Section

register = template.Library()


@register.simple_tag(takes_context=True)
def section_colour(context: RequestContext, section: Section) -> str:
    """Return the attribute that gives a block the section's colour, with a space before it; an
    empty string without a colour."""
    colour = colour_of(section, context.get("sections") or ())
    return format_html(' data-section="{}"', colour) if colour else ""


def colour_of(section: Section, tops: Iterable[Section]) -> str:
    """Return the section's colour or that of its top section."""
    return section.colour or next((top.colour for top in tops if top.path == section.top_path), "")
