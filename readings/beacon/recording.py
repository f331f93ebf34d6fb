"""Readings in: from beacons to rows and counts, many at once, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from articles.models import Article
from readings import counters, salt
from readings.beacon.allowance import Allowance
from readings.beacon.beacons import Beacon
from readings.beacon.blocks import record_blocks
from readings.beacon.visits import Visits
from readings.models import Reading


def write(beacons: Sequence[Beacon]) -> int:
    """Keep what counts of these beacons; return how many readings that were.

    About twelve queries for a full batch. To write the same beacons twice does no harm: a reading
    counts once a visit, and a block once a reading.
    """
    with transaction.atomic():
        salt.locked()
        readings = _counted([beacon for beacon in beacons if beacon.act == "read"])
        if readings:
            Reading.objects.bulk_create(readings)
            counters.readings_added(readings)
        record_blocks([beacon for beacon in beacons if beacon.act != "read"])
    return len(readings)


def _counted(beacons: list[Beacon]) -> list[Reading]:
    """Return the readings that these beacons are, not yet saved."""
    if not beacons:
        return []
    beacons = _of_readers(beacons)
    visits = Visits({beacon.visitor for beacon in beacons})
    allowance = Allowance(beacons)
    readings = []
    for beacon in beacons:
        visit = visits.of(beacon)
        if not visit.takes(beacon.article) or not allowance.take(beacon):
            continue
        visit.add(beacon.article, beacon.at)
        readings.append(
            Reading(
                article_id=beacon.article,
                visitor=beacon.visitor,
                visit=visit.number,
                network=beacon.network,
                read_at=beacon.at,
            )
        )
    return readings


def _of_readers(beacons: list[Beacon]) -> list[Beacon]:
    """Keep those about published articles by somebody else, in the order of time."""
    authors = _lock_articles({beacon.article for beacon in beacons})
    kept = (
        beacon
        for beacon in beacons
        if beacon.article in authors and beacon.reader != authors[beacon.article]
    )
    return sorted(kept, key=lambda beacon: beacon.at)


def _lock_articles(articles: Collection[int]) -> dict[int, int]:
    """Lock the published ones of these in the order of their ids; return id -> author's id."""
    rows = (
        Article.objects.select_for_update(no_key=True)
        .published()
        .filter(pk__in=articles)
        .order_by("pk")
    )
    return dict(rows.values_list("pk", "author"))
