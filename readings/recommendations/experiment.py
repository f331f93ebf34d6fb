"""Two ways to make the lists, side by side: who sees which, and which one readers follow more.

Nobody is identified: a visitor's variant comes from the day's hash.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from django.conf import settings
from django.db.models import Sum

from readings.models import AlsoViewed, BlockTally, Variant
from readings.recommendations.definition import Tuning

Z = 1.959964  # 95 %
POSITIONS = range(1, AlsoViewed.SHOWN + 1)


@dataclass(frozen=True)
class Recipe:
    """How one variant's lists are made."""

    tuning: Tuning
    from_readings: bool = True
    fills: bool = True


def recipes() -> dict[str, Recipe]:
    """Return that of the site's settings and, if ALSO_VIEWED_TRIAL names one, that under trial."""
    control = Recipe(
        Tuning(
            r0=settings.ALSO_VIEWED_R0,
            min_visits=settings.ALSO_VIEWED_MIN_VISITS,
            window_hours=settings.ALSO_VIEWED_WINDOW_HOURS,
            top=AlsoViewed.STORED,
        ),
        fills=settings.ALSO_VIEWED_BACK_OFF,
    )
    trial = settings.ALSO_VIEWED_TRIAL
    if not trial:
        return {Variant.CONTROL: control}
    if trial == "back-off":
        treatment = replace(control, from_readings=False)
    else:
        r0 = float(trial.partition("=")[2])
        treatment = replace(control, tuning=replace(control.tuning, r0=r0))
    return {Variant.CONTROL: control, Variant.TREATMENT: treatment}


def variant_of(visitor: int) -> str:
    """Return whose lists the visitor of this hash is shown today: half of them see a trial's."""
    is_treated = settings.ALSO_VIEWED_TRIAL and visitor % 2
    return Variant.TREATMENT if is_treated else Variant.CONTROL


def wilson(followed: int, shown: int) -> tuple[float, float]:
    """Return the interval, 0 to 1, that holds the true rate in 95 cases of 100 (Wilson 1927).

    It is the whole range where nothing was seen.
    """
    if not shown:
        return 0.0, 1.0
    rate = followed / shown
    centre = rate + Z * Z / (2 * shown)
    reach = Z * sqrt(rate * (1 - rate) / shown + Z * Z / (4 * shown * shown))
    scale = 1 + Z * Z / shown
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


@dataclass(frozen=True)
class Figures:
    """What became of one variant's blocks: seen, and followed at each of POSITIONS."""

    variant: str
    shown: int
    positions: tuple[int, ...]

    @property
    def followed(self) -> int:
        return sum(self.positions)

    @property
    def rate(self) -> float | None:
        """Return 0 to 1; None before the first block was seen."""
        return self.followed / self.shown if self.shown else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.followed, self.shown)


def figures(since: date) -> list[Figures]:
    """Return the figures of both variants from this day on. One query."""
    rows = (
        BlockTally.objects.filter(day__gte=since)
        .order_by()
        .values_list("variant", "position")
        .annotate(Sum("count"))
    )
    counts = Counter({(variant, position): total for variant, position, total in rows})
    return [
        Figures(
            variant,
            counts[variant, BlockTally.SHOWN],
            tuple(counts[variant, position] for position in POSITIONS),
        )
        for variant in Variant.values
    ]
