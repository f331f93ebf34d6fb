"""Which page lives at an address, asked without making the page.

A view whose address holds the name of a row says how it finds it: `@lives(finder)`. A view without
such a name is always there, and so are the files at the root of the site.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation

from lib.web import languages

View = TypeVar("View", bound=Callable[..., Any])
Finder = Callable[..., str | None]
Guess = Callable[[str], str | None]

guesses: list[Guess] = []


def lives(finder: Finder) -> Callable[[View], View]:
    """Tell of a view where the page is that it shows: the finder takes what the view takes from
    the address, and returns the canonical address, None if there is no such page."""

    def decorate(view: View) -> View:
        view.canonical = finder  # type: ignore[attr-defined]  # read by `canonical` below
        return view

    return decorate


def forgive_by(guess: Guess) -> None:
    """Let a layer above say which page is meant by an address at which none answers."""
    guesses.append(guess)


def meant(path: str) -> str | None:
    """Return the canonical address of the page that answers at this path, else of the one that
    is meant by it; None if there is none. The queries of `canonical`, then those of a guess."""
    found = canonical(path)
    return found or next(filter(None, (guess(path) for guess in guesses)), None)


def canonical(path: str) -> str | None:
    """Return the canonical address of the page that answers at this path, None if none does or
    its view does not tell. One query for a page of a row, none for any other."""
    if path in _root_files():
        return path
    with translation.override(languages.language_of(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        try:
            return _found(match, path)
        except Http404:
            return None


def _found(match: ResolverMatch, path: str) -> str | None:
    if leads_to := getattr(match.func, "view_initkwargs", {}).get("pattern_name"):
        return None if match.kwargs else reverse(leads_to)  # a RedirectView
    if finder := getattr(match.func, "canonical", None):
        found: str | None = finder(**match.kwargs)
        return found
    return None if match.kwargs else path


@cache
def _root_files() -> frozenset[str]:
    """Return the addresses that browsers ask for by themselves, answered before any view."""
    root = Path(settings.WHITENOISE_ROOT)
    return frozenset(f"/{file.name}" for file in root.glob("*"))
