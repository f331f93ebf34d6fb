"""A short way in for beacons.

They come by the thousand and need no session, token, message or line in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.http import HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse

from readings.beacon.views import record

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)


class BeaconApplication:
    """Answers a visitor's beacon before Django is asked, and leaves all else to Django.

    A member's beacon goes the whole way, for the member may be the author.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.path = reverse("readings:record")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        has_session = f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")
        if environ.get("PATH_INFO") != self.path or has_session:
            return self.application(environ, start_response)
        response = answer(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]


def answer(request: WSGIRequest) -> HttpResponse:
    """Return what the view returns; a database that is away costs the beacon, never an error."""
    try:
        return record(request)
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return HttpResponseBadRequest()
    except Error as error:
        logger.warning("a beacon is lost: %s", type(error).__name__)
        connection.close()
        return HttpResponse(status=204)
