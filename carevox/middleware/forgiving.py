"""A damaged address leads to the page that it means. Asked only when nothing else answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from carevox.forgiving import page_meant
from lib.web.addresses import joined, query_of
from redirects import moving


class ForgivingMiddleware:
    """Turn a 404 into a 301 to the page whose address was asked for with other letters or signs.

    A page that lives counts more than a redirection of an address that means it, unless the id of
    an article is all that this address shares with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        page, query = page_meant(request.path), query_of(request)
        if page is None or moving.counts_more(request.path, query, page):
            return response
        return HttpResponsePermanentRedirect(joined(page, query))
