"""What the sender got wrong is answered with a 4xx, in the code of others too.

Only what the request holds is looked at. An error that our own code raises stays a 500 and is
logged as one, even if it says that a number is too large.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class BadInputMiddleware:
    """Answer 422 to a form with errors, which allauth shows with 200, and 400 to a cookie that no
    session can be named after: a NUL, which PostgreSQL stores in no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\x00" in value for value in request.COOKIES.values()):
            raise BadRequest("a cookie holds a NUL")
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if response.status_code == 200 and form and form.is_bound and form.errors:
            response.status_code = 422
        return response
