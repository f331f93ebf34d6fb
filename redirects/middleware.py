"""Old addresses lead on: asked only when nothing else answers, so that a page pays nothing for it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.models import Redirect
from lib import languages

LEADING = re.compile(r"^[/\\]+")  # what a browser takes for the beginning of another host


class RedirectMiddleware:
    """Turn a 404 into the 301 that a moved section, a merged tag or an editor has left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        target = new_path(languages.neutral(request.path))
        if target is None:
            return response
        target = languages.in_language(target, languages.language_of(request.path))
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


def new_path(path: str) -> str | None:
    """Return where the address has gone, None if nobody knows it; the longest redirect wins. Counts the passage. Two queries."""
    if "\x00" in path or len(path) > 1000:
        return None
    parents = [path[: i + 1] for i, letter in enumerate(path) if letter == "/"]
    found = {redirect.old_path: redirect for redirect in Redirect.objects.filter(old_path__in={path, f"{path}/", *parents[-12:]})}
    for candidate in (path, f"{path}/", *reversed(parents)):
        redirect = found.get(candidate)
        if redirect and (redirect.is_prefix or candidate in {path, f"{path}/"}):
            Redirect.objects.filter(pk=redirect.pk).update(hits=F("hits") + 1)
            rest = path.removeprefix(redirect.old_path) if path.startswith(redirect.old_path) else ""
            return LEADING.sub("/", redirect.new_path + rest)
    return None
