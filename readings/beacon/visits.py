"""The visit that each visitor is in, from the day's raw readings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from readings.beacon.beacons import Beacon
from readings.models import Reading

IDLE = timedelta(minutes=30)  # ends a visit
# kept of one visit: more than anybody reads in one. The lists look at the last twenty of them
MOST_ARTICLES = 100
MOST_VISITS = 60  # of one visitor and day: more than a day has room for


@dataclass
class Visit:
    number: int
    last_at: datetime
    articles: set[int] = field(default_factory=set)

    def takes(self, article: int) -> bool:
        return (
            article not in self.articles
            and len(self.articles) < MOST_ARTICLES
            and self.number < MOST_VISITS
        )

    def add(self, article: int, at: datetime) -> None:
        self.articles.add(article)
        self.last_at = max(self.last_at, at)


class Visits:
    """The last visit of each of these visitors. One query."""

    def __init__(self, visitors: Collection[int]) -> None:
        self._last: dict[int, Visit] = {}
        rows = (
            Reading.objects.filter(visitor__in=visitors)
            .order_by("visit", "read_at")
            .values_list("visitor", "visit", "read_at", "article")
        )
        for visitor, number, read_at, article in rows:
            visit = self._last.get(visitor)
            if visit is None or visit.number != number:
                visit = self._last[visitor] = Visit(number, read_at)
            visit.add(article, read_at)

    def of(self, beacon: Beacon) -> Visit:
        """Return the visit that the beacon belongs to; it begins one after a silence."""
        visit = self._last.get(beacon.visitor)
        if visit is None or beacon.at - visit.last_at > IDLE:
            number = visit.number + 1 if visit else 0
            visit = self._last[beacon.visitor] = Visit(number, beacon.at)
        return visit
