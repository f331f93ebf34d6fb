"""The log on standard error, and error reports: set up so that neither says who read what."""

from __future__ import annotations

import sys
from typing import Any


def logging_config(format: str, level: str) -> dict[str, Any]:
    """Return one handler for all loggers, with a filter that keeps paths out of Django's lines."""
    formatters = {
        "json": {"()": "carevox.logs.JsonFormatter"},
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
    }
    handler = {
        "class": "logging.StreamHandler",
        "stream": sys.stderr,
        "formatter": format,
        "filters": ["route"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "filters": {"route": {"()": "carevox.logs.RouteForPath"}},
        "handlers": {"out": handler},
        # Django sets its own level and handlers: ours takes their place
        "loggers": {"django": {"level": "INFO" if level == "DEBUG" else level}},
        "root": {"handlers": ["out"], "level": level},
    }


def error_reports(dsn: str, *, release: str) -> None:
    """Send errors to `dsn` from now on; empty: none."""
    if not dsn:
        return
    import sentry_sdk

    # without the request and the variables of functions: they hold what was read and typed
    private = {
        "send_default_pii": False,
        "include_local_variables": False,
        "before_send": _without_request,
    }
    sentry_sdk.init(dsn=dsn, release=release, **private)


def _without_request(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "request"}
