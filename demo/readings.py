"""Invented readers for the demo and for benchmarks; their readings go the way of all readings.

The model: a visit has a subject, begins with an article of it, and goes on mostly within it, else
to what shares a keyword or a section with the last article, rarely to anything. Some articles
appeal more than others, none to everybody; hardly anybody reads at night. What was published later
cannot be read yet. docs/recommendations.md says how the lists come out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
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
LONGEST = 12  # articles of a visit
GOES_ON = 0.64  # how often another article follows: 2.6 a visit
# where the next article comes from, in hundredths
SUBJECT, LIKE_THE_LAST, ANYTHING = 60, 32, 8
MOST_APPEAL = 2.0  # of an article, where the least is 1
TRIES = 4  # to find one that the visit has not read yet
# how much of a day's reading each hour has, from midnight on
HOURS = (2, 1, 1, 1, 1, 2, 4, 8, 9, 8, 7, 7, 9, 9, 7, 6, 6, 7, 8, 9, 11, 12, 9, 5)

Key = Hashable  # a keyword, a section or a section's parent


@dataclass(frozen=True)
class ReadableArticle:
    """What readers know of an article: its subjects, and since when it is there."""

    pk: int
    keys: tuple[Key, ...]
    published: datetime


def build_readings(visits: int, *, seed: int) -> int:
    """Let that many visits happen over the last days; return how many readings they were.

    Closes the days that are over and builds the lists. Does nothing on a site that has been read.
    The same seed gives the same readings on the same articles.
    """
    if ReadingsOfDay.objects.exists():
        return 0
    written = 0
    library = Library(_articles(), random.Random(seed))  # noqa: S311
    beacons = beacons_of(library, visits, timezone.now())
    with tqdm(desc="readings", unit="row", disable=None) as progress:
        while batch := list(islice(beacons, BATCH)):
            written += recording.write(batch)
            progress.update(len(batch))
    retention.forget()
    building.build_lists()
    return written


def _articles() -> list[ReadableArticle]:
    """Return the published articles. Two queries."""
    keys: dict[int, list[Key]] = defaultdict(list)
    uses = TaggedArticle.objects.order_by("content_object", "tag")
    for pk, tag in uses.values_list("content_object", "tag"):
        keys[pk].append(("tag", tag))
    rows = Article.objects.published().order_by("pk")
    return [
        ReadableArticle(
            pk,
            (*keys[pk], ("section", section), *([("section", parent)] if parent else [])),
            at or timezone.now(),
        )
        for pk, section, parent, at in rows.values_list(
            "pk", "section", "section__parent", "published_at"
        )
    ]


class Shelf:
    """Articles to draw from, those that appeal more more often."""

    def __init__(self, articles: list[int], appeal: dict[int, float]) -> None:
        self.articles = articles
        self._sums = list(accumulate(appeal[pk] for pk in articles))

    def draw(self, chance: random.Random) -> int:
        return chance.choices(self.articles, cum_weights=self._sums)[0]


class Library:
    """The articles as readers find them: each subject a shelf."""

    def __init__(self, articles: Iterable[ReadableArticle], chance: random.Random) -> None:
        self.chance = chance
        self.articles = {article.pk: article for article in articles}
        appeal = {pk: min(chance.paretovariate(3), MOST_APPEAL) for pk in self.articles}
        by_key: dict[Key, list[int]] = defaultdict(list)
        for pk, article in self.articles.items():
            for key in article.keys:
                by_key[key].append(pk)
        self.shelves = {key: Shelf(pks, appeal) for key, pks in by_key.items() if len(pks) > 1}
        self.whole = Shelf(list(self.articles), appeal)

    def walk(self, moment: datetime) -> list[int]:
        """Return what a visit at this time reads, at most LONGEST articles."""
        path = [self.whole.draw(self.chance)]
        subject = self._shelf_of(path[0])
        while len(path) < LONGEST and self.chance.random() < GOES_ON:
            path.append(self._next(path, subject))
        return [pk for pk in dict.fromkeys(path) if self.articles[pk].published <= moment]

    def _next(self, path: list[int], subject: Shelf) -> int:
        found = path[-1]
        for _try in range(TRIES):
            shelves = subject, self._shelf_of(path[-1]), self.whole
            weights = SUBJECT, LIKE_THE_LAST, ANYTHING
            found = self.chance.choices(shelves, weights)[0].draw(self.chance)
            if found not in path:
                break
        return found

    def _shelf_of(self, pk: int) -> Shelf:
        """Return one of the article's subjects, or everything if nothing shares any with it."""
        shelves = [self.shelves[key] for key in self.articles[pk].keys if key in self.shelves]
        return self.chance.choice(shelves) if shelves else self.whole


def beacons_of(library: Library, visits: int, now: datetime) -> Iterator[Beacon]:
    """Yield the beacons of all visits of the last days, nearly in the order of time."""
    if not library.articles:
        return
    chance = library.chance
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = chance.choices(range(24), HOURS, k=visits)
    begun = sorted(
        today - timedelta(days=chance.randrange(DAYS)) + timedelta(hours=hour + chance.random())
        for hour in hours
    )
    for moment in begun:
        # an hour of today that is yet to come is one of the day before the first
        at = moment if moment < now - timedelta(minutes=40) else moment - timedelta(days=DAYS)
        visitor, network = chance.getrandbits(62), chance.getrandbits(62)
        for article in library.walk(at):
            if at >= now:
                break
            yield Beacon("read", article, visitor, network, at)
            at += timedelta(seconds=min(20 + chance.expovariate(1 / 100), 1000))
