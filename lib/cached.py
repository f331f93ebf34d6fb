"""Answers that are dear to compute and may be a little old."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.cache import cache

T = TypeVar("T")
logger = logging.getLogger(__name__)

SHARE = 200  # computing takes at most one part in so many of the time
OLDEST = 600  # seconds
KEPT = 3600
PLAIN = {type(None), bool, int, float, str, date, datetime}
NESTED = {list, tuple, dict}


def cached(name: str, compute: Callable[[], T], *, version: int = 1) -> T:
    """Return the answer, computed anew when it is older than 200 times what it took, at most ten
    minutes.

    So a small site is always up to date, a large one pays half a percent of its time whatever its
    size, and nobody has to run a timer. While one process computes, the others show the answer
    before.

    An answer is plain data: None, numbers, texts, dates, and lists, tuples and dicts of them. The
    cache outlives a deployment: a class pickled into it that has moved since would break every page
    that reads it. Raise `version` when the shape of the answer changes. An entry that cannot be
    read is none. Raises TypeError for an answer that is not plain.
    """
    known = _read(name, version)
    if known is not None:
        at, cost, answer = known
        is_fresh = 0 <= time.time() - at <= min(OLDEST, SHARE * cost)
        if is_fresh or not cache.add(f"{name}:busy", 1, 30, version=version):
            found: T = answer
            return found
    started = time.perf_counter()
    result = compute()
    if not is_plain(result):
        raise TypeError(f"{name}: only plain data is cached")
    cache.set(name, (time.time(), time.perf_counter() - started, result), KEPT, version=version)
    cache.delete(f"{name}:busy", version=version)
    return result


def _read(name: str, version: int) -> tuple[float, float, Any] | None:
    """Return when the entry was computed, what that cost, and the answer."""
    try:
        entry = cache.get(name, version=version)
    except Exception:  # unpickling may raise anything
        logger.warning("an entry of the cache cannot be read: %s", name, exc_info=True)
        return None
    if not (isinstance(entry, tuple) and len(entry) == 3 and is_plain(entry)):
        return None
    at, cost, answer = entry
    return (at, cost, answer) if isinstance(at, float) and isinstance(cost, float) else None


def is_plain(answer: object) -> bool:
    """Tell whether the answer is built of PLAIN types alone: a subclass of one is a class too.

    Level by level: long lists are looked through at every reading.
    """
    level: list[Any] = [answer]
    while level:
        if not {type(part) for part in level} <= PLAIN | NESTED:
            return False
        wholes = [part for part in level if type(part) in NESTED]
        level = [
            part for whole in wholes for part in (whole.items() if type(whole) is dict else whole)
        ]
    return True
