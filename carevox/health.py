"""The probe: is this process able to serve?"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from carevox import jobs
from lib.web.http import read_only
from outbox.models import Mail

logger = logging.getLogger(__name__)
MOST = 1000  # beyond, the number says nothing more


@never_cache
@read_only
def probe(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and jobs work, else 503.

    A dead cache costs speed only: it is told, not fatal.
    """
    checks = {"database": _passes(_database), "cache": _passes(_cache), "jobs": _passes(_jobs)}
    healthy = checks["database"] and checks["jobs"]
    words = {name: "ok" if passed else "failing" for name, passed in checks.items()}
    return JsonResponse(
        {**words, **_troubles(), **_mails(), "version": settings.VERSION},
        status=200 if healthy else 503,
    )


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever it is, the probe has to answer
        logger.warning("health check failed: %s", check.__name__, exc_info=True)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache() -> bool:
    cache.set("health", "ok", 10)
    return bool(cache.get("health") == "ok")


def _jobs() -> bool:
    return not (jobs.in_database() and jobs.nobody_takes_them())


def _troubles() -> dict[str, int]:
    """Return the numbers of failed and stuck jobs.

    They are told, not fatal: one bad picture must not take the site away.
    """
    if not jobs.in_database():
        return {}
    try:
        return {"failed_jobs": jobs.failed(), "stuck_jobs": jobs.stuck()}
    except Exception:
        logger.warning("health check failed: jobs", exc_info=True)
        return {}


def _mails() -> dict[str, int]:
    """Return how many mails have waited for an hour: told, not fatal, as readers miss nothing."""
    try:
        return {"late_mails": Mail.objects.late()[:MOST].count()}
    except Exception:
        logger.warning("health check failed: mails", exc_info=True)
        return {}
