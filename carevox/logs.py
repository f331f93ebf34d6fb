"""A journal in which a request can be followed by its id, and no reader by an address."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("carevox.requests")
request_id: ContextVar[str] = ContextVar("request_id", default="")
ACCEPTED_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request and what `extra={"fields": {...}}` brings."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class RouteForPath(logging.Filter):
    """Let Django's own lines ("Not Found: /sante/…") name the route, where they name the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            record.args = tuple(route_of(request) if str(word).startswith("/") else word for word in record.args)
        return True


def route_of(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return match.route if match else ""


class RequestIdMiddleware:
    """Give each request an id, the proxy's X-Request-ID if it sends one, and log method, route, status and duration.

    The route is logged, not the address: what a person searched for or read is nobody's business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if ACCEPTED_ID.fullmatch(given) else uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            self._log(request, response, started)
            return response
        finally:
            request_id.reset(token)

    def _log(self, request: HttpRequest, response: HttpResponse, started: float) -> None:
        fields = {
            "method": request.method,
            "route": route_of(request),
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.info("%s %s %s", fields["method"], fields["route"], fields["status"], extra={"fields": fields})
