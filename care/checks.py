"""When a number of help has to be read or called again."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

CHECKED_DAYS = 183  # half a year


def is_check_due(checked_on: date | None) -> bool:
    """Tell whether a number was never checked, or too long ago."""
    return checked_on is None or checked_on < _oldest()


def check_due() -> Q:
    """Return the condition of the rows whose check is due."""
    return Q(checked_on__isnull=True) | Q(checked_on__lt=_oldest())


def _oldest() -> date:
    return timezone.localdate() - timedelta(days=CHECKED_DAYS)
