"""Two settings of the lists side by side: who sees which, and which one readers follow more. Nobody is identified."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.conf import settings
from django.db.models import Sum

from readings.models import Arm, BlockTally

Z = 1.959964  # 95 %


def arm_of(visitor: int) -> str:
    """Return whose list the visitor of this hash is shown today: half of them the one on trial, if there is a trial."""
    return Arm.TRIAL if settings.ALSO_VIEWED_TRIAL and visitor % 2 else Arm.USUAL


def wilson(followed: int, shown: int) -> tuple[float, float]:
    """Return the interval, 0 to 1, that holds the true rate in 95 cases of 100 (Wilson 1927); the whole range for nothing seen."""
    if not shown:
        return 0.0, 1.0
    rate = followed / shown
    centre = rate + Z * Z / (2 * shown)
    reach = Z * sqrt(rate * (1 - rate) / shown + Z * Z / (4 * shown * shown))
    scale = 1 + Z * Z / shown
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


@dataclass(frozen=True)
class Figures:
    """What became of one arm's blocks: seen, followed, and at which position (1 to 5)."""

    arm: str
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
    """Return the figures of both arms from this day on. One query."""
    rows = (
        BlockTally.objects.filter(day__gte=since)
        .order_by()
        .values_list("arm", "position")
        .annotate(Sum("count"))
    )
    counts = Counter({(arm, position): total for arm, position, total in rows})
    return [
        Figures(arm, counts[arm, 0], tuple(counts[arm, position] for position in range(1, 6)))
        for arm in Arm.values
    ]
