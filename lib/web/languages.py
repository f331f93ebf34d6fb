"""The address alone chooses the language of the interface: /en/… is English, the rest French.

No cookie, no session, no `Accept-Language`: what a cache holds for an address is right for
everybody (docs/decisions/0006-languages.md).
"""

from __future__ import annotations

from django.conf import settings
from django.utils.http import escape_leading_slashes


def prefixes() -> frozenset[str]:
    """Return the first words of addresses that name a language."""
    return frozenset(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


def language_of(path: str) -> str:
    """Return the language that the address asks for. "/en-forme/" is a section, not English."""
    first = path.lstrip("/").partition("/")[0] if path[:2] != "//" else ""
    return first if first in prefixes() else settings.LANGUAGE_CODE


def neutral(path: str) -> str:
    """Return the address without its language, under which other machines know the page."""
    language = language_of(path)
    if language == settings.LANGUAGE_CODE:
        return path
    return escape_leading_slashes(path.removeprefix(f"/{language}") or "/")


def in_language(path: str, language: str) -> str:
    """Return the same page in another language."""
    bare = neutral(path)
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
