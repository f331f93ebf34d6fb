"""The key that a day's visitors are hashed with.

It lives in one row and for one day; nothing can be traced once it is replaced.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from readings.models import Salt

BYTES = 32


@dataclass(frozen=True)
class DaySalt:
    value: bytes
    day: date


# A copy that spares every request a query. The row decides: each write of readings looks at it.
_cached: DaySalt | None = None


def current() -> DaySalt:
    """Return today's salt, drawing it if this is the day's first call. Only that one queries."""
    if _cached is None or _cached.day < timezone.localdate():
        with transaction.atomic():
            return locked()
    return _cached


def locked() -> DaySalt:
    """Return today's salt with its row locked, as all who write readings do first.

    One query; call in a transaction.
    """
    global _cached
    row = Salt.objects.select_for_update().filter(pk=1).first() or _first_row()
    if row.day < timezone.localdate():
        row.value, row.day = secrets.token_bytes(BYTES), timezone.localdate()
        row.save(update_fields=["value", "day"])
    _cached = DaySalt(bytes(row.value), row.day)
    return _cached


def _first_row() -> Salt:
    try:
        with transaction.atomic():
            return Salt.objects.create(
                pk=1, value=secrets.token_bytes(BYTES), day=timezone.localdate()
            )
    except IntegrityError:  # another process was quicker
        return Salt.objects.select_for_update().get(pk=1)


def forget_copy() -> None:
    """Drop this process's copy, so that the row is read again."""
    global _cached
    _cached = None
