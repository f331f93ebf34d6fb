"""Addresses that a page writes again and again: made by Django once, then known; their words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# In small letters, as they are stored: in capitals it is no page, and leads to one.
WORD = r"(?P<slug>[-a-z0-9_]+)"


def address(name: str, *args: str | int) -> str:
    """Return what `reverse` does."""
    return _made(
        name, args, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    )


@lru_cache(5_000)
def _made(
    name: str, args: tuple[str | int, ...], _language: str | None, urlconf: str, _prefix: str
) -> str:
    return reverse(name, urlconf=urlconf, args=args)


def free_slug(rows: QuerySet[Any], base: str) -> str:
    """Return the word that no row has as its `slug` yet: base, base-2, base-3 …. One query."""
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{n}" for n in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)


def absolute(path: str) -> str:
    """Return the address with scheme and host, for other machines."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def query_of(request: HttpRequest) -> str:
    """Return the query as text, where a client sent letters with accents as they are."""
    sent: str = request.META.get("QUERY_STRING", "")
    return sent if sent.isascii() else sent.encode("latin-1", "replace").decode(errors="replace")


def joined(target: str, query: str, fragment: str = "") -> str:
    """Return an address of ours with a query and a fragment added.

    Its own fragment stays, and so do the values that its own query gives.
    """
    before, _sign, own_fragment = target.partition("#")
    path, _sign, own = before.partition("?")
    given = {part.partition("=")[0] for part in own.split("&")}
    added = [part for part in query.split("&") if part.partition("=")[0] not in given]
    whole = "&".join(filter(None, [own, *added]))
    fragment = own_fragment or fragment
    return path + (f"?{whole}" if whole else "") + (f"#{fragment}" if fragment else "")
