"""The key under which a day's visitors are hashed. It lives in one row and one day; nothing can be traced once it is replaced."""

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


_held: DaySalt | None = (
    None  # a copy: the row decides, and every write of readings looks at it again
)


def current() -> DaySalt:
    """Return today's salt, drawing it if it is the first of the day. No query but for the first call of the day."""
    if _held is None or _held.day < timezone.localdate():
        with transaction.atomic():
            return locked()
    return _held


def locked() -> DaySalt:
    """Return today's salt under a lock on its row, which all writers of readings take first. One query; call in a transaction."""
    global _held
    row = Salt.objects.select_for_update().filter(pk=1).first() or _first_row()
    if row.day < timezone.localdate():
        row.value, row.day = secrets.token_bytes(BYTES), timezone.localdate()
        row.save(update_fields=["value", "day"])
    _held = DaySalt(bytes(row.value), row.day)
    return _held


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
    global _held
    _held = None
