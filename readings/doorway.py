"""A short way in for what browsers tell: it comes by the thousand and needs no session, token or message."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from readings.views import record


class ReadingMiddleware:
    """Answer a visitor's sign before the rest of the middleware is asked; a member's goes the whole way, for it may be the author's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.path = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.path:
            self.path = reverse("readings:record")
            self.match = resolve(self.path)
        if request.path != self.path or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        request.resolver_match = self.match  # the journal names the route
        return record(request)
