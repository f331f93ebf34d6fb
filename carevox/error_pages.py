"""What is answered when a request goes wrong before any view of ours has seen it."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from carevox.failures import unavailable
from lib.web import limits
from lib.web.outages import is_outage
from lib.web.typed import typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened and give back what was typed, so that nothing is lost."""
    return render(request, "csrf_failure.html", {"typed": typed(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the reader's language that the request makes no sense, or is too large.

    Too large is more than DATA_UPLOAD_MAX_MEMORY_SIZE. A session that could not be written is not
    the reader's doing, though it looks as if they had ended it.
    """
    if is_outage(exception):
        return unavailable(request, exception)
    too_big = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_big": too_big}, status=413 if too_big else 400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429 for allauth, which does not say how long its window still runs.

    Five minutes is its longest but one.
    """
    return limits.too_many(request, retry_after=300)
