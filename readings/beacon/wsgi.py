"""A short way in for what browsers tell: it comes by the thousand and needs no session, token, message or line in the journal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse

from readings.beacon.views import record

logger = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Doorway:
    """Answer a visitor's sign before Django is asked; a member's goes the whole way, for it may be the author's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.path = reverse("readings:record")

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ.get(
            "PATH_INFO"
        ) != self.path or f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", ""):
            return self.application(environ, start_response)
        response = answer(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]


def answer(request: WSGIRequest) -> HttpResponse:
    """Give what the view gives; a database that is away costs the sign, never an error."""
    try:
        return record(request)
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return HttpResponseBadRequest()
    except DatabaseError as error:
        logger.warning("a sign of a reading is lost: %s", type(error).__name__)
        connection.close()
        return HttpResponse(status=204)
