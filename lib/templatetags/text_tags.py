"""How text and numbers are shown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lib.counting import to_one_decimal
from lib.text import reading_minutes
from lib.writing.typography import typography, typography_html

register = template.Library()


@register.filter("typography", is_safe=True)
def in_french_spaces(text: Any) -> SafeString:
    """Show plain text of the interface with French spaces, on a French page."""
    text = str(text)  # of a lazy text, which hides whether it is HTML
    if hasattr(text, "__html__"):
        return html_in_french_spaces(text)
    return conditional_escape(typography(text) if _is_french() else text)


@register.filter("typography_html", is_safe=True)
def html_in_french_spaces(html: Any) -> SafeString:
    """Show clean HTML, made by us or under our policy, with French spaces."""
    return mark_safe(typography_html(str(html)) if _is_french() else str(html))  # noqa: S308


@register.filter(is_safe=True)
def french(text: Any) -> SafeString:
    """Show what somebody has written, with French spaces whatever the language of the interface."""
    if hasattr(text, "__html__"):
        return mark_safe(typography_html(text.__html__()))  # noqa: S308
    return conditional_escape(typography(str(text)))


@register.simple_tag
def content_lang() -> SafeString:
    """Return the lang attribute of an element whose words its author wrote in French.

    Nothing on a French page.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return SafeString("")
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)


@register.filter
def stored_html(html: str) -> SafeString:
    """Show HTML that was cleaned when it was stored. The only door for what people have typed."""
    return mark_safe(html)  # noqa: S308


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


@register.filter
def iso(moment: datetime) -> str:
    """Return the moment for machines, to the second: HTML allows no microseconds."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter(expects_localtime=True)
def day(moment: date | None, format: str = "j F Y") -> str:
    """14 mars 2026; in French the first of a month is « 1er mars ». Nothing for None."""
    if moment is None:
        return ""
    first = moment.day == 1 and _is_french()
    return date_format(moment, format.replace("j", r"j\e\r") if first else format)


@register.filter
def one_decimal(value: Decimal | float | None) -> str:
    """4.25 -> "4,3"; nothing for None. Django cuts where this rounds."""
    return "" if value is None else number_format(to_one_decimal(Decimal(str(value))), 1)


@register.filter
def minutes_to_read(words: int) -> int:
    return reading_minutes(words)


@register.filter
def thousands(value: int) -> str:
    """12345 -> "12 345" in French."""
    return number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """Return the query of this page with some parameters changed; an empty value removes one."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {"", None}:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
