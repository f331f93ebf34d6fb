"""What is kept of readings, and how long: raw ones for less than 48 hours, the salt until midnight.

A day is closed in one transaction: its pairs are tallied and its rows deleted, or neither. A tally
is kept only of what several visits had in common, so that no row that stays tells of one visit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from lib.secure_delete import clear_remains, overwrite_deleted
from readings import counters, salt
from readings.models import PairTally, Reading, Salt, Variant
from readings.recommendations import duckdb_engine
from readings.recommendations.evidence import clicks_of, raw_readings
from readings.recommendations.experiment import recipes

LIFE = timedelta(hours=48)  # of a raw reading, at most
# a day is closed that much earlier, so that a late timer does not outlive the promise
AHEAD = timedelta(hours=2)
KEPT_FROM = 3  # visits that a pair needs to be tallied, whatever the setting for lists


@dataclass
class Forgotten:
    """What a run deleted, and the tallies it wrote."""

    days: int = 0
    readings: int = 0
    tallied: int = 0
    old_tallies: int = 0


def forget(*, now: datetime | None = None) -> Forgotten:
    """Replace yesterday's salt, close the days that are due, drop tallies out of every window."""
    now = now or timezone.now()
    done = Forgotten()
    overwrite_deleted()
    salt.current()
    while day := _due(now):
        readings, tallied = close(day)
        done.days += 1
        done.readings += readings
        done.tallied += tallied
    oldest = timezone.localdate(now - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS))
    done.old_tallies, _per_model = PairTally.objects.filter(day__lt=oldest).delete()
    clear_remains(Salt._meta.db_table, Reading._meta.db_table)
    return done


def _due(now: datetime) -> date | None:
    """Return the oldest day with raw readings that has to be closed by now."""
    first = Reading.objects.in_time_order().values_list("read_at", flat=True).first()
    if first is None:
        return None
    day = timezone.localdate(first)
    return day if now >= beginning(day) + LIFE - AHEAD else None


def beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def close(day: date) -> tuple[int, int]:
    """Turn the day's readings into tallies; return how many readings and tallies.

    A second run, or one beside it, finds nothing to do.
    """
    tallies = pairs_of(day)
    start, end = beginning(day), beginning(day + timedelta(days=1))
    with transaction.atomic():
        salt.locked()  # whoever else closes the day waits here and then finds it empty
        deleted, _per_model = Reading.objects.filter(read_at__gte=start, read_at__lt=end).delete()
        if not deleted:
            return 0, 0
        known = set(Article.objects.order_by().values_list("pk", flat=True))
        rows = [row for row in tallies if row.article_id in known and row.neighbour_id in known]
        PairTally.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
        counters.erase_order(day)
    return deleted, len(rows)


def pairs_of(day: date) -> list[PairTally]:
    """Return the tallies of the day's readings, in the order of the articles. Two queries."""
    readings = raw_readings(since=beginning(day), until=beginning(day + timedelta(days=1)))
    published = set(Article.objects.published().order_by().values_list("pk", flat=True))
    clicks, known = clicks_of(readings, published=published, min_visits=KEPT_FROM)
    tuning = recipes()[Variant.CONTROL].tuning
    weights: dict[tuple[int, int], float] = defaultdict(float)
    visits: dict[tuple[int, int], int] = defaultdict(int)
    # the engine's days are those of UTC: two of them share one of ours
    for article, neighbour, _utc_day, weight, count in duckdb_engine.pair_tallies(
        clicks, tuning=tuning, known=known
    ):
        pair = int(article), int(neighbour)
        weights[pair] += weight
        visits[pair] += count
    return [
        PairTally(
            article_id=pair[0], neighbour_id=pair[1], day=day, weight=weight, visits=visits[pair]
        )
        for pair, weight in sorted(weights.items())
        if visits[pair] >= KEPT_FROM
    ]
