"""Jobs in the database: those that nobody takes, that failed, or that died with their worker."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# a job that waits longer while none is taken means that no worker runs
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_RUN = timedelta(hours=1)  # a job takes seconds
TOLD = timedelta(hours=25)  # a failure is told until the daily repair has tried again


def in_database() -> bool:
    return "Database" in settings.TASKS["default"]["BACKEND"]


def nobody_takes_them() -> bool:
    """Tell whether a job waits too long; behind many others that are being done it may."""
    since = timezone.now() - LONGEST_WAIT
    return (
        DBTaskResult.objects.ready().filter(enqueued_at__lt=since).exists()
        and not DBTaskResult.objects.filter(started_at__gte=since).exists()
    )


def failed() -> int:
    return DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - TOLD).count()


def stuck() -> int:
    return (
        DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_RUN).count()
    )


def bury() -> int:
    """Call the stuck jobs failed, as what they ordered never came; return how many."""
    dead = list(DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_RUN))
    for job in dead:
        job.set_failed(TimeoutError("its worker died"))
    return len(dead)
