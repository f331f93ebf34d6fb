"""Answers that are dear to compute and may be a little old."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

T = TypeVar("T")
SHARE = 200  # computing takes at most one part in so many of the time
OLDEST = 600  # seconds
KEPT = 3600


def cached(key: str, compute: Callable[[], T]) -> T:
    """Return the answer, computed anew when it is older than 200 times what it took, ten minutes at most.

    So a small site is always up to date, a large one pays half a percent of its time whatever its size, and nobody has
    to run a timer. While one process computes, the others show the answer before.
    """
    known = cache.get(key)
    if known is not None:
        at, cost, answer = known
        if 0 <= time.time() - at <= min(OLDEST, SHARE * cost) or not cache.add(
            f"{key}:busy", 1, 30
        ):
            return answer
    started = time.perf_counter()
    answer = compute()
    cache.set(key, (time.time(), time.perf_counter() - started, answer), KEPT)
    cache.delete(f"{key}:busy")
    return answer
