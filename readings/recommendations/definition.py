"""What "readers also viewed" means, as a pure function that is written to be read.

It ends with what readings teach; `lists.py` makes the lists of it, whoever taught it.
`readings/recommendations/definition.sql` does the same work on tables. DuckDB runs it for the site
(`duckdb_engine.py`), Spark for a site that has outgrown one machine (`spark_engine.py`); tests hold
all of them together. docs/recommendations.md has the formula, its sources and its figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from math import floor

ArticleId = int | str
Click = tuple[int | str, ArticleId, int]  # visit, article, Unix seconds
# article, neighbour, day, weight, visits: what is left of a day without its readings
TallyRow = tuple[ArticleId, ArticleId, date, float, int]
Pair = tuple[ArticleId, ArticleId]
Visit = list[tuple[int, ArticleId]]  # (Unix seconds, article), in the order of reading

DAY = 86_400
FOREVER = 2**40
# weights are added up in whole billionths, so that a sum is the same in whatever order it is made
UNIT = 1e9


@dataclass(frozen=True)
class Tuning:
    """How evidence is weighed. What each value is worth was measured: docs/recommendations.md."""

    # after this many newer contributions to its row one counts half: 40 for news, 150 for texts
    # that last
    r0: float = 40.0
    backward: float = 0.05  # weight of a pair against the order of reading
    max_gap: int = 10  # readings that stand further apart in their visit are no pair
    trend: float = 6.0  # weight of what is read now beside what was read together
    half_readings: int = 200  # among the site's latest readings, the weight halves every so many
    min_visits: int = 3  # a pair seen in fewer visits is not shown: a person alone makes no list
    max_visit: int = 20  # of a visit with more articles the last ones count
    idle_minutes: float = 30.0  # this long without a reading ends a visit
    window_hours: float = 120.0  # what is older, raw or as a tally, is not looked at
    top: int = 5  # entries in a list


@dataclass(frozen=True)
class Learnt:
    """What readings taught by a certain time."""

    # article, neighbour, C: the best of each article by their score, in order
    pairs: list[tuple[ArticleId, ArticleId, float]]
    # article, now(b), when it was last read in Unix seconds: what is read most now comes first
    read: list[tuple[ArticleId, float, int]]


def define(
    clicks: Iterable[Click],
    *,
    cutoff: int,
    tallies: Iterable[TallyRow] = (),
    tuning: Tuning = Tuning(),
    queries: Iterable[ArticleId] | None = None,
    known: Collection[ArticleId] | None = None,
) -> Learnt:
    """Return what was known at `cutoff`: for each article its neighbours, and what is read now.

    A pair (x, then y) in a visit gives x->y the weight 1/gap and y->x `backward`/gap, and

        C(a, b) = sum of weight / (1 + rank/r0)     rank: how many newer contributions a's row has
        score(b | a) = C(a, b) + trend * now(b)     now: b's share of the site's latest readings

    A tally stands for the contributions of a day whose readings are gone. It ranks behind every
    reading that is still there and behind later days, in the middle of its row's contributions of
    that day.

    `queries` are the articles that want a list; without them, every article that was read.
    `known` are the articles that enough networks have read; without it, all. Readings of others
    keep their place in their visit and among the latest readings, and teach nothing.
    """
    visits = list(visits_before(cutoff, clicks, tuning))
    kept = in_window(cutoff, tallies, tuning)
    strength, visits_count = weigh_pairs(visits, kept, tuning, known)
    latest, now = last_read(visits, kept), shares_now(visits, tuning, known)

    def order(a: ArticleId, b: ArticleId) -> tuple[float, int, ArticleId]:
        return -(strength[a, b] / UNIT + tuning.trend * now.get(b, 0.0)), -latest[b], b

    neighbours: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for (a, b), count in visits_count.items():
        if count >= tuning.min_visits:
            neighbours[a].append(b)
    wanted = latest if queries is None else set(queries)
    return Learnt(
        pairs=[
            (a, b, strength[a, b] / UNIT)
            for a in sorted(neighbours.keys() & wanted)
            for b in sorted(neighbours[a], key=partial(order, a))[: tuning.top]
        ],
        read=[
            (b, now.get(b, 0.0), latest[b])
            for b in sorted(latest, key=lambda b: (-now.get(b, 0.0), -latest[b], b))
        ],
    )


def visits_before(cutoff: int, clicks: Iterable[Click], tuning: Tuning) -> Iterator[Visit]:
    """Yield the visits in the window.

    An article counts once, where it was first read; a silence ends a visit; of a long one the end
    counts.
    """
    first: dict[int | str, dict[ArticleId, int]] = defaultdict(dict)
    for visit, article, moment in clicks:
        if cutoff - tuning.window_hours * 3600 <= moment < cutoff:
            first[visit][article] = min(moment, first[visit].get(article, moment))
    for read in first.values():
        part: Visit = []
        for moment, article in sorted((moment, article) for article, moment in read.items()):
            if part and moment - part[-1][0] > tuning.idle_minutes * 60:
                yield part[-tuning.max_visit :]
                part = []
            part.append((moment, article))
        yield part[-tuning.max_visit :]


def in_window(cutoff: int, tallies: Iterable[TallyRow], tuning: Tuning) -> list[TallyRow]:
    """Return the tallies of the days that begin before `cutoff` and end in the window."""
    oldest = cutoff - tuning.window_hours * 3600 - DAY
    return [tally for tally in tallies if oldest < midnight(tally[2]) < cutoff]


def contributions(
    visits: Iterable[Visit], tuning: Tuning, known: Collection[ArticleId] | None = None
) -> Iterator[tuple[ArticleId, ArticleId, int, float]]:
    """Yield (article, neighbour, Unix seconds, weight).

    Each pair gives two, at the time of its later reading.
    """
    for visit in visits:
        for j, (moment, y) in enumerate(visit):
            for i in range(max(0, j - tuning.max_gap), j):
                x = visit[i][1]
                if known is None or (x in known and y in known):
                    yield x, y, moment, 1.0 / (j - i)
                    yield y, x, moment, tuning.backward / (j - i)


def weigh_pairs(
    visits: Iterable[Visit],
    tallies: Iterable[TallyRow],
    tuning: Tuning,
    known: Collection[ArticleId] | None = None,
) -> tuple[Counter[Pair], Counter[Pair]]:
    """Return for each pair (article, neighbour) C in billionths, and how many visits saw it."""
    strength: Counter[Pair] = Counter()
    visits_count: Counter[Pair] = Counter()
    rows = defaultdict(list)
    for a, b, moment, weight in contributions(visits, tuning, known):
        rows[a].append((moment, b, weight))
    newer: Counter[ArticleId] = Counter()
    for a, row in rows.items():
        latest_first = sorted(row, reverse=True)
        for _, together in groupby(latest_first, key=lambda contribution: contribution[0]):
            at_once = list(together)  # contributions of one second are equally new
            for _, b, weight in at_once:
                strength[a, b] += in_units(weight / (1 + newer[a] / tuning.r0))
                visits_count[a, b] += 1
            newer[a] += len(at_once)
    for day in days_latest_first(tallies):
        size: Counter[ArticleId] = Counter()
        for a, _, _, _, count in day:
            size[a] += count
        for a, b, _, weight, count in day:
            rank = newer[a] + (size[a] - 1) / 2
            strength[a, b] += in_units(weight / (1 + rank / tuning.r0))
            visits_count[a, b] += count
        newer += size
    return strength, visits_count


def days_latest_first(tallies: Iterable[TallyRow]) -> Iterator[list[TallyRow]]:
    latest_first = sorted(tallies, key=lambda tally: tally[2], reverse=True)
    for _, day in groupby(latest_first, key=lambda tally: tally[2]):
        yield list(day)


def last_read(visits: Iterable[Visit], tallies: Iterable[TallyRow]) -> dict[ArticleId, int]:
    """Return for each known article when it was last read.

    Of a tally only the day is known: its midnight is taken.
    """
    latest: dict[ArticleId, int] = {}
    for a, b, day, _, _ in tallies:
        for article in (a, b):
            latest[article] = max(midnight(day), latest.get(article, 0))
    for visit in visits:
        for moment, article in visit:
            latest[article] = max(moment, latest.get(article, 0))
    return latest


def shares_now(
    visits: Iterable[Visit], tuning: Tuning, known: Collection[ArticleId] | None = None
) -> dict[ArticleId, float]:
    """Return now(b), the shares of the latest readings.

    One with n newer ones weighs 2^(-n / half_readings), and nothing after eight halvings.
    """
    readings = sorted((reading for visit in visits for reading in visit), reverse=True)
    units: Counter[ArticleId] = Counter()
    newer = 0
    for _, at_once in groupby(readings, key=lambda reading: reading[0]):
        articles = [article for _, article in at_once]
        if newer < 8 * tuning.half_readings:
            for article in articles:
                units[article] += in_units(0.5 ** (newer / tuning.half_readings))
        newer += len(articles)
    return {
        article: weight / units.total()
        for article, weight in units.items()
        if known is None or article in known
    }


def tallies_of(
    clicks: Iterable[Click],
    *,
    tuning: Tuning = Tuning(),
    known: Collection[ArticleId] | None = None,
) -> list[TallyRow]:
    """Return what may remain of readings, in order: each pair's weight and visits of a UTC day."""
    weights: Counter[tuple[ArticleId, ArticleId, date]] = Counter()
    visits_count: Counter[tuple[ArticleId, ArticleId, date]] = Counter()
    visits = visits_before(FOREVER, clicks, replace(tuning, window_hours=FOREVER))
    for a, b, moment, weight in contributions(visits, tuning, known):
        key = a, b, datetime.fromtimestamp(moment, UTC).date()
        weights[key] += in_units(weight)
        visits_count[key] += 1
    return sorted((*key, weight / UNIT, visits_count[key]) for key, weight in weights.items())


def in_units(weight: float) -> int:
    return floor(weight * UNIT + 0.5)


def midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY
