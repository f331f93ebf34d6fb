"""Old addresses lead on. Asked only when nothing else answers, so that pages pay nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from lib.web import languages
from redirects.moving import new_path


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
