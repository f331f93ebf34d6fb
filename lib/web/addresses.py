"""Addresses that a page writes again and again: made by Django once, then known; their words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


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
