"""The ways from a page to the same page in another language."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lib.paging import KeysetPage
from lib.web.languages import in_language

register = template.Library()


@register.inclusion_tag("_language_links.html", takes_context=True)
def language_links(context: RequestContext) -> dict[str, Any]:
    """Draw the ways to this page in the other languages. Addresses of no language have none."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return {
        "links": [
            {"code": code, "name": name, "path": in_language(path, code)}
            for code, name in settings.LANGUAGES
            if code != get_language()
        ]
    }


@register.simple_tag(takes_context=True)
def language_alternates(context: RequestContext, page: KeysetPage[Any] | None = None) -> SafeString:
    """Return the links that tell search engines of the same page in each language.

    Of its query they keep only which `page` of a list it is.
    """
    request = context.get("request")
    if request is None:
        return SafeString("")
    path = request.get_full_path().partition("?")[0]
    path = page.address(path) if page else path
    pages = [
        (code, settings.SITE_URL + in_language(path, code)) for code, _name in settings.LANGUAGES
    ]
    default = settings.SITE_URL + in_language(path, settings.LANGUAGE_CODE)
    return format_html_join(
        "\n", '<link rel="alternate" hreflang="{}" href="{}">', [*pages, ("x-default", default)]
    )
