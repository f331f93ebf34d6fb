"""Which readings may teach the lists anything: not those that one network could have made up.

Pure. An address costs nothing, a network does: so networks are counted where visits alone could be
invented.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RawReading:
    """One reading as the lists see it, `at` in Unix seconds.

    `visit` is unlike any other visit's; `network` means something within its day only.
    """

    visit: int
    article: int
    network: int
    at: int
    day: date


def without_spam(
    readings: Iterable[RawReading], *, published: Collection[int], min_visits: int
) -> tuple[list[RawReading], set[int]]:
    """Keep what one network alone cannot bring about; say which articles may teach anything.

    `readings` in the order of time. Of each article a network teaches less than `min_visits`
    readings a day, so that it never makes a pair on its own; an article teaches nothing unless on
    one day at least `min_visits` networks read it. The readings of such an article are kept none
    the less: how long ago another one was read is counted in readings.
    """
    per_network = max(1, min_visits - 1)
    taken: Counter[tuple[int, int, date]] = Counter()
    networks: dict[tuple[int, date], set[int]] = defaultdict(set)
    kept = []
    for reading in readings:
        key = (reading.article, reading.network, reading.day)
        if reading.article in published and taken[key] < per_network:
            taken[key] += 1
            networks[reading.article, reading.day].add(reading.network)
            kept.append(reading)
    known = {article for (article, _day), seen in networks.items() if len(seen) >= min_visits}
    return kept, known
