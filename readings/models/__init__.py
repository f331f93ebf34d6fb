"""Readings without readers: raw rows for two days, then sums, and the lists made from them."""

from readings.models.also_viewed import AlsoViewed, Variant
from readings.models.banned_network import BannedNetwork
from readings.models.override import Override
from readings.models.reading import Reading, Salt
from readings.models.tallies import BlockTally, PairTally, ReadingsOfDay

__all__ = [
    "AlsoViewed",
    "BannedNetwork",
    "BlockTally",
    "Override",
    "PairTally",
    "Reading",
    "ReadingsOfDay",
    "Salt",
    "Variant",
]
