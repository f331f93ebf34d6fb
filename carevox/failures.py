"""What is answered when we fail: without the database, in the look of the site, with what was
typed."""

from __future__ import annotations

import logging
import re
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lib.web.outages import is_outage
from lib.web.typed import typed

logger = logging.getLogger(__name__)
RETRY_SECONDS = 30
MACHINES = (".xml", ".txt", ".json", ".ico", ".png", "/lectures/")  # as their addresses end
SECRET = re.compile(r"password|code|credential", re.IGNORECASE)
PLAIN = "<!doctype html><html lang=fr><title>Panne passagère</title><h1>Panne passagère</h1>"


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Answer 503: what failed passes by itself, so that browsers and machines come back."""
    logger.error("unavailable: %s: %s", type(error).__name__, error)
    response = _answer(request, "503.html", 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that no view has caught; called by Django while it is handled."""
    error = sys.exc_info()[1]
    return unavailable(request, error) if is_outage(error) else _answer(request, "500.html", 500)


def _answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    if is_asked_by_machine(request):
        response = _short(request, status)
    else:
        response = HttpResponse(_page(request, template), status=status)
    response.headers["Cache-Control"] = "no-store"  # it may hold what a person wrote
    return response


def is_asked_by_machine(request: HttpRequest) -> bool:
    """Tell whether no person will look at the answer: a feed, a beacon, a script of a page."""
    headers = request.headers
    return (
        headers.get("Sec-Fetch-Dest", "document") not in {"document", "iframe"}
        or "X-Requested-With" in headers
        or "/feed/" in request.path
        or request.path.endswith(MACHINES)
        or ("json" in headers.get("Accept", "") and "html" not in headers["Accept"])
    )


def _short(request: HttpRequest, status: int) -> HttpResponse:
    said = _("Panne passagère : revenez dans un instant.")
    if "json" in request.headers.get("Accept", "") or request.path.endswith("/json/"):
        return JsonResponse({"error": said}, status=status)
    return HttpResponse(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")


def _page(request: HttpRequest, template: str) -> str:
    try:
        form = given_back(request)
    except Exception:  # the body, the disk it waits on, what its parser raises
        form = {"address": request.get_full_path(), "is_sent": request.method == "POST"}
    try:
        return render_to_string(template, form)
    except Exception:  # an error while we say that there is one
        logger.exception("the page of an error cannot be drawn")
        return PLAIN


def given_back(request: HttpRequest) -> dict[str, object]:
    """Return what the page takes: where to send again, which fields, and which of them are texts.

    A form with a password, which no page shows, or with a file, which no page can put back, is not
    sent again from here: its texts are shown.
    """
    fields, texts = _fields(request), set(typed(request))
    is_whole = not (any(SECRET.search(name) for name, _value in fields) or _has_file(request))
    return {
        "address": request.get_full_path(),
        "is_sent": request.method == "POST",
        "can_send_again": bool(fields) and is_whole,
        "fields": [(name, value, value in texts) for name, value in fields],
        "typed": typed(request),
    }


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values]


def _has_file(request: HttpRequest) -> bool:
    """Tell whether a file came with the form, or could not be kept."""
    return bool(request.FILES) or hasattr(request, "upload_error")
