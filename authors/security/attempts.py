"""How often a thing was tried, counted in the database: what guards accounts needs no cache.

At most `amount` in any stretch of `seconds`, whoever else counts at the same moment: a row is
written only if it is still as it was read (docs/decisions/0015-attempts.md).
"""

from __future__ import annotations

import time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from authors.models import Attempt

PRUNED = 200  # rows at once
SPARE_TURNS = 20  # beyond one for each success of somebody else that made ours start again


def key_of(name: str, *, daily: bool = False) -> str:
    """Return what a name is counted under; if `daily`, it is worthless tomorrow."""
    words = f"{timezone.localdate()}:{name}" if daily else name
    return salted_hmac("authors.security.attempts", words, algorithm="sha256").hexdigest()


def take(key: str, *, amount: int, seconds: float, only_ask: bool = False) -> float | None:
    """Count one more and return its moment; None when it is one too many, and is not counted."""
    for _turn in range(amount + SPARE_TURNS):
        now = round(time.time(), 6)
        written = _written(key)
        times = [moment for moment in _moments(written) if moment > now - seconds]
        if len(times) >= amount:
            return None
        if only_ask or _replace(key, written, [now, *times], seconds):
            return now
    return None


def take_back(key: str, moment: float, *, seconds: float) -> None:
    """Forget one that was counted, as if it had not been tried."""
    for _turn in range(SPARE_TURNS):
        written = _written(key)
        times = _moments(written)
        if moment not in times:
            return
        times.remove(moment)
        if _replace(key, written, times, seconds):
            return


def forget(key: str) -> None:
    Attempt.objects.filter(pk=key).delete()


def prune() -> int:
    """Delete some of the rows that mean nothing any more, and return how many."""
    expired = Attempt.objects.filter(expires_at__lte=time.time())
    with transaction.atomic():
        ours = expired.select_for_update(skip_locked=True)  # another pruner takes others
        keys = list(ours.values_list("pk", flat=True)[:PRUNED])
        return expired.filter(pk__in=keys).delete()[0]


def _written(key: str) -> str:
    return Attempt.objects.filter(pk=key).values_list("times", flat=True).first() or ""


def _moments(written: str) -> list[float]:
    return [float(moment) for moment in written.split()]


def _replace(key: str, written: str, times: list[float], seconds: float) -> bool:
    """Write the row if it still is what was read. Two queries for a new one, else one."""
    same = Attempt.objects.filter(pk=key, times=written)
    if not times:
        return bool(same.delete()[0])
    said, end = " ".join(map(repr, times)), times[0] + seconds
    if not written:
        return _insert(key, said, end)
    return bool(same.update(times=said, expires_at=end))


def _insert(key: str, times: str, end: float) -> bool:
    try:
        with transaction.atomic():
            Attempt.objects.create(key=key, times=times, expires_at=end)
    except IntegrityError:
        return False
    if key.startswith("0"):  # one new key in sixteen pays for the others
        prune()
    return True
