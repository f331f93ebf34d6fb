"""What the sender got wrong is answered with a 4xx, in the code of others too."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

logger = logging.getLogger(__name__)


class BadInputMiddleware:
    """Answer 422 to a form with errors, and 400 to a number that no column can hold.

    allauth shows such a form with 200. Beyond 64 bits SQLite raises OverflowError and PostgreSQL DataError.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if (
            response.status_code == 200
            and form is not None
            and getattr(form, "is_bound", False)
            and form.errors
        ):
            response.status_code = 422
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OverflowError, DataError)):
            return None
        logger.warning("a value is out of range", exc_info=exception)
        return render(request, "400.html", status=400)
