"""Values that no database column can hold are the sender's mistake, not the server's."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


class OutOfRangeMiddleware:
    """Answer 400 when a number of the address or a form is beyond 64 bits: SQLite raises OverflowError, PostgreSQL DataError."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OverflowError, DataError)):
            return None
        logger.warning("a value is out of range", exc_info=exception)
        return render(request, "400.html", status=400)
