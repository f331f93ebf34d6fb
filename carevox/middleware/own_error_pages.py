"""With DEBUG, errors get the site's own pages too; `DEBUG_PAGES=on` asks for Django's."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found, server_error

from carevox.error_pages import bad_request

logger = logging.getLogger("django.request")


class OwnErrorPagesMiddleware:
    """The innermost of all, so that those around it see the answer that they see elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, Http404(request.path))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Http404):
            return page_not_found(request, error)
        if isinstance(error, (BadRequest, SuspiciousOperation)):
            return bad_request(request, error)
        return None


class OwnServerErrorMiddleware:
    """The outermost of all, so that it is asked last: an error may be another's way to lead on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PermissionDenied):
            return None  # Django's own way leads to our page already
        logger.error("%s failed", request.path, exc_info=error)
        return server_error(request)
