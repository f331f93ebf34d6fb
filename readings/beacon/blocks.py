"""Use of the block at the foot of an article, counted once a reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from readings import counters
from readings.beacon.beacons import Beacon
from readings.models import AlsoViewed, BlockTally, Reading
from readings.recommendations.experiment import variant_of


def record_blocks(beacons: Sequence[Beacon]) -> None:
    """Count the blocks that were seen or followed; without a reading none counts."""
    if not beacons:
        return
    readings = _last_readings(beacons)
    shown, followed = {}, {}
    for beacon in beacons:
        reading = readings.get((beacon.visitor, beacon.article))
        if reading is None:
            continue
        if not reading.block_shown:
            shown[reading.pk] = (beacon, BlockTally.SHOWN)
            reading.block_shown = True
        if _follows(beacon) and not reading.block_followed:
            followed[reading.pk] = (beacon, beacon.position)
            reading.block_followed = True
    Reading.objects.filter(pk__in=shown).update(block_shown=True)
    Reading.objects.filter(pk__in=followed).update(block_followed=True)
    counters.blocks_used(
        (beacon.article, beacon.at, variant_of(beacon.visitor), position)
        for beacon, position in [*shown.values(), *followed.values()]
    )


def _follows(beacon: Beacon) -> bool:
    return beacon.act == "followed" and 1 <= beacon.position <= AlsoViewed.SHOWN


def _last_readings(beacons: Iterable[Beacon]) -> dict[tuple[int, int], Reading]:
    """Return the last reading of each visitor and article."""
    articles = defaultdict(set)
    for beacon in beacons:
        articles[beacon.visitor].add(beacon.article)
    rows = Reading.objects.filter(
        visitor__in=articles, article__in=set().union(*articles.values())
    ).order_by("visit")
    return {(reading.visitor, reading.article_id): reading for reading in rows}
