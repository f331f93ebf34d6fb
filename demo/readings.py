"""Invented readers for the demo and for benchmarks; their readings go the way of all readings."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate, islice

from django.utils import timezone
from tqdm import tqdm

from articles.models import Article, TaggedArticle
from readings import retention
from readings.beacon import recording
from readings.beacon.beacons import Beacon
from readings.models import ReadingsOfDay
from readings.recommendations import building

BATCH = 500
DAYS = 6
SAME_SUBJECT = 0.75  # how often the next article shares a keyword or the section with the last one


def build_readings(visits: int, *, seed: int) -> int:
    """Let that many visits happen over the last days; return how many readings they were.

    Closes the days that are over and builds the lists. Does nothing on a site that has been read.
    The same seed gives the same readings on the same articles.
    """
    if ReadingsOfDay.objects.exists():
        return 0
    written = 0
    beacons = _beacons(visits, random.Random(seed), timezone.now())  # noqa: S311
    with tqdm(desc="readings", unit="row", disable=None) as progress:
        while batch := list(islice(beacons, BATCH)):
            written += recording.write(batch)
            progress.update(len(batch))
    retention.forget()
    building.build_lists()
    return written


class Library:
    """The published articles, some much more read than others, and what leads to the next one."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.published: dict[int, datetime] = {}
        self.keys: dict[int, list[tuple[str, int]]] = defaultdict(list)
        self.pools: dict[tuple[str, int], list[int]] = defaultdict(list)
        for pk, section, at in (
            Article.objects.published().order_by("pk").values_list("pk", "section", "published_at")
        ):
            self.published[pk] = at or timezone.now()
            self._put(pk, ("section", section))
        for pk, tag in TaggedArticle.objects.order_by("content_object", "tag").values_list(
            "content_object", "tag"
        ):
            if pk in self.published:
                self._put(pk, ("tag", tag))
        ranked = list(self.published)
        chance.shuffle(ranked)
        self.weights = {pk: 1 / (5 + rank) for rank, pk in enumerate(ranked)}
        self.ids = list(self.published)
        self.sums = list(accumulate(self.weights[pk] for pk in self.ids))

    def _put(self, pk: int, key: tuple[str, int]) -> None:
        self.keys[pk].append(key)
        self.pools[key].append(pk)

    def walk(self, moment: datetime) -> list[int]:
        """Return what one visit at this time reads, one to six articles."""
        path = [self._any()]
        while len(path) < 6 and self.chance.random() < 0.62:
            path.append(self._next(path[-1]))
        return [pk for pk in dict.fromkeys(path) if self.published[pk] <= moment]

    def _any(self) -> int:
        return self.chance.choices(self.ids, cum_weights=self.sums)[0]

    def _next(self, last: int) -> int:
        if self.chance.random() > SAME_SUBJECT:
            return self._any()
        pool = self.pools[self.chance.choice(self.keys[last])]
        return (
            self.chance.choices(pool, [self.weights[pk] for pk in pool])[0]
            if len(pool) < 100
            else self.chance.choice(pool)
        )


def _beacons(visits: int, chance: random.Random, now: datetime) -> Iterator[Beacon]:
    """Yield the beacons of all visits, nearly in the order of time."""
    library = Library(chance)
    if not library.published:
        return
    for start in sorted(chance.random() for _n in range(visits)):
        moment = now - timedelta(days=DAYS * (1 - start), minutes=10)
        visitor, network = chance.getrandbits(62), chance.getrandbits(62)
        for step, article in enumerate(library.walk(moment)):
            yield Beacon("read", article, visitor, network, moment + timedelta(seconds=75 * step))
