"""The database is away or a disk is full: 503 with what was typed, from whatever view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from carevox.failures import unavailable
from lib.web.outages import is_outage


class FailureMiddleware:
    """Answers for views, with DEBUG too; `carevox/failures.py` answers for all around them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Stop before a form is taken without the file that the disk had no place for."""
        if request.content_type == "multipart/form-data":
            request.POST  # noqa: B018  reads the form to its end
        error = getattr(request, "upload_error", None)
        return unavailable(request, error) if error else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request, error) if is_outage(error) else None
