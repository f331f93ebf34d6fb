"""Old addresses lead on. Asked only when nothing else answers, so that pages pay nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path

from lib.web import languages
from lib.web.addresses import query_of
from redirects.moving import new_path


class RedirectMiddleware:
    """Turn a 404 into the 301 that a moved section, a merged tag or an editor has left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_read = request.method in {"GET", "HEAD"}
        if is_read and self._names_a_page_in_its_query(request):
            return self._moved(request) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code != 404 or not is_read:
            return response
        return self._moved(request) or response

    def _names_a_page_in_its_query(self, request: HttpRequest) -> bool:
        """Tell whether this may be "/?p=12": the front page, which answers, takes no query."""
        return bool(request.META.get("QUERY_STRING")) and languages.neutral(request.path) == "/"

    def _moved(self, request: HttpRequest) -> HttpResponse | None:
        target = new_path(request.path, query_of(request))
        if target is None:
            return None
        there = languages.in_language(target, languages.language_of(request.path))
        # what is for machines is of no language
        is_page = is_valid_path(unquote(urlsplit(there).path))
        return HttpResponsePermanentRedirect(there if is_page else target)
