"""What "readers also viewed" means, as a pure function that is written to be read.

`readings/recommendations/engine.sql` does the same work on tables, and `readings/recommendations/engine.py` runs it. The tests hold the two together.
docs/recommendations.md has the formula, its sources and its figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from math import floor

Article = int | str
Click = tuple[int | str, Article, int]  # visit, article, Unix seconds
PairTally = tuple[
    Article, Article, date, float, int
]  # article, neighbour, day, weight, visits: what is left of a day without its readings
Pair = tuple[Article, Article]
Visit = list[tuple[int, Article]]  # readings as (Unix seconds, article), in the order of reading

DAY = 86_400
FOREVER = 2**40
UNIT = 1e9  # weights are added up in whole billionths, so that a sum is the same in whatever order it is made


@dataclass(frozen=True)
class Tuning:
    """How evidence is weighed. What each value is worth was measured: docs/recommendations.md."""

    r0: float = 40.0  # after this many newer contributions to its row one counts half: 40 for news, 150 for texts that last
    back: float = 0.05  # the way back, from the later reading to the earlier one
    max_gap: int = 10  # readings that stand further apart in their visit are no pair
    trend: float = 6.0  # weight of what is read now beside what was read together
    half_readings: int = 200  # among the site's latest readings, the weight is halved every so many
    min_visits: int = 3  # a pair seen in fewer visits is not shown: a person alone makes no list
    max_visit: int = 20  # a visit with more articles is a robot's: dropped
    idle_minutes: float = 30.0  # this long without a reading ends a visit
    window_hours: float = 120.0  # what is older, raw or as a tally, is not looked at
    top: int = 5  # entries in a list


def define(
    clicks: Iterable[Click],
    *,
    cutoff: int,
    tallies: Iterable[PairTally] = (),
    tuning: Tuning = Tuning(),
    queries: Iterable[Article] | None = None,
    fill: bool = True,
) -> dict[Article, list[Article]]:
    """Give for each article its neighbours, best first, as they were known at `cutoff`.

    A pair (x, then y) in a visit gives x->y the weight 1/gap and y->x `back`/gap, and

        C(a, b) = sum of weight / (1 + rank/r0)     rank: how many contributions to the row of a are newer
        score(b | a) = C(a, b) + trend * now(b)     now: the share of b in the site's latest readings

    A tally stands for the contributions of a day whose readings are gone. It ranks behind every reading that is still
    there and behind later days, in the middle of its row's contributions of that day.

    `queries` are the articles that want a list, even if nobody has read them; without them, every article of a pair or
    a reading gets one. With `fill`, lists that pairs leave short go on with what is read now, then with what was read
    last; without it, they hold only what was seen together.
    """
    visits = list(visits_before(cutoff, clicks, tuning))
    kept = [
        tally
        for tally in tallies
        if cutoff - tuning.window_hours * 3600 - DAY < midnight(tally[2]) < cutoff
    ]
    strength, visits_count = evidence(visits, kept, tuning)
    latest, now = last_read(visits, kept), shares_now(visits, tuning)

    def order(a: Article, b: Article) -> tuple[float, int, Article]:
        together = strength[a, b] / UNIT if visits_count[a, b] >= tuning.min_visits else 0.0
        return -(together + tuning.trend * now.get(b, 0.0)), -latest[b], b

    neighbours = defaultdict(set)
    for (a, b), count in visits_count.items():
        if count >= tuning.min_visits:
            neighbours[a].add(b)
    # what a list may be filled with: `now` alone puts these before all others, and one of them may be the article itself
    spare = (
        sorted(latest, key=lambda b: (-now.get(b, 0.0), -latest[b], b))[: tuning.top + 1]
        if fill
        else []
    )
    wanted = latest if queries is None else queries
    return {
        a: sorted((neighbours[a] | {*spare}) - {a}, key=partial(order, a))[: tuning.top]
        for a in wanted
    }


def visits_before(cutoff: int, clicks: Iterable[Click], tuning: Tuning) -> Iterator[Visit]:
    """Yield the visits in the window: an article counts once, where it was first read; silence ends a visit; robots are dropped."""
    first: dict[int | str, dict[Article, int]] = defaultdict(dict)
    for visit, article, moment in clicks:
        if cutoff - tuning.window_hours * 3600 <= moment < cutoff:
            first[visit][article] = min(moment, first[visit].get(article, moment))
    for read in first.values():
        part: Visit = []
        for moment, article in sorted((moment, article) for article, moment in read.items()):
            if part and moment - part[-1][0] > tuning.idle_minutes * 60:
                yield from [part] if len(part) <= tuning.max_visit else []
                part = []
            part.append((moment, article))
        yield from [part] if len(part) <= tuning.max_visit else []


def contributions(
    visits: Iterable[Visit], tuning: Tuning
) -> Iterator[tuple[Article, Article, int, float]]:
    """Yield (article, neighbour, Unix seconds, weight): each pair gives two, at the time of its later reading."""
    for visit in visits:
        for j, (moment, y) in enumerate(visit):
            for i in range(max(0, j - tuning.max_gap), j):
                x = visit[i][1]
                yield x, y, moment, 1.0 / (j - i)
                yield y, x, moment, tuning.back / (j - i)


def evidence(
    visits: Iterable[Visit], tallies: Iterable[PairTally], tuning: Tuning
) -> tuple[Counter[Pair], Counter[Pair]]:
    """Give for each pair (article, neighbour) C in billionths, and the number of visits that saw it."""
    strength: Counter[Pair] = Counter()
    visits_count: Counter[Pair] = Counter()
    rows = defaultdict(list)
    for a, b, moment, weight in contributions(visits, tuning):
        rows[a].append((moment, b, weight))
    newer: Counter[Article] = Counter()
    for a, row in rows.items():
        for _, together in groupby(
            sorted(row, reverse=True), key=lambda contribution: contribution[0]
        ):
            at_once = list(together)  # contributions of one second are equally new
            for _, b, weight in at_once:
                strength[a, b] += in_units(weight / (1 + newer[a] / tuning.r0))
                visits_count[a, b] += 1
            newer[a] += len(at_once)
    for _, of_day in groupby(
        sorted(tallies, key=lambda tally: tally[2], reverse=True), key=lambda tally: tally[2]
    ):
        day = list(of_day)
        size: Counter[Article] = Counter()
        for a, _, _, _, count in day:
            size[a] += count
        for a, b, _, weight, count in day:
            strength[a, b] += in_units(weight / (1 + (newer[a] + (size[a] - 1) / 2) / tuning.r0))
            visits_count[a, b] += count
        newer += size
    return strength, visits_count


def last_read(visits: Iterable[Visit], tallies: Iterable[PairTally]) -> dict[Article, int]:
    """Give for each known article when it was last read; of a tally only the day is known, and its midnight is taken."""
    latest: dict[Article, int] = {}
    for a, b, day, _, _ in tallies:
        for article in (a, b):
            latest[article] = max(midnight(day), latest.get(article, 0))
    for visit in visits:
        for moment, article in visit:
            latest[article] = max(moment, latest.get(article, 0))
    return latest


def shares_now(visits: Iterable[Visit], tuning: Tuning) -> dict[Article, float]:
    """Give now(b): a reading with n newer ones weighs 2^(-n / half_readings), and nothing after eight halvings."""
    readings = sorted((reading for visit in visits for reading in visit), reverse=True)
    units: Counter[Article] = Counter()
    newer = 0
    for _, at_once in groupby(readings, key=lambda reading: reading[0]):
        articles = [article for _, article in at_once]
        if newer < 8 * tuning.half_readings:
            for article in articles:
                units[article] += in_units(0.5 ** (newer / tuning.half_readings))
        newer += len(articles)
    return {article: weight / units.total() for article, weight in units.items()}


def tallies_of(clicks: Iterable[Click], *, tuning: Tuning = Tuning()) -> list[PairTally]:
    """Give what may remain of readings: for each pair and UTC day the weight and the number of visits, in order."""
    weights: Counter[tuple[Article, Article, date]] = Counter()
    visits_count: Counter[tuple[Article, Article, date]] = Counter()
    for a, b, moment, weight in contributions(
        visits_before(FOREVER, clicks, replace(tuning, window_hours=FOREVER)), tuning
    ):
        key = a, b, datetime.fromtimestamp(moment, UTC).date()
        weights[key] += in_units(weight)
        visits_count[key] += 1
    return sorted((*key, weight / UNIT, visits_count[key]) for key, weight in weights.items())


def in_units(weight: float) -> int:
    return floor(weight * UNIT + 0.5)


def midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY
