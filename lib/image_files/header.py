from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Header:
    """What a file says of its picture before a pixel is decoded.

    Decoding takes `whole_cost` bytes for each pixel of the file and `cost` bytes for each that
    comes out; `weight` bytes of the file stay in memory meanwhile. `load` decodes once, dividing
    both sides by one of `divisors`, and raises whatever it likes when the file is damaged.
    """

    kind: str
    width: int
    height: int
    weight: int
    cost: float
    load: Callable[[int], Image.Image]
    whole_cost: float = 0
    divisors: tuple[int, ...] = (1,)
    frames: int = 1
    scans: int = 1
    orientation: int = 1
    profile: bytes | None = None

    @property
    def pixels(self) -> int:
        return self.width * self.height

    def largest_divisor(self, width: int, height: int) -> int:
        """Return the divisor that leaves at least this size, 1 if none does."""
        fitting = (d for d in self.divisors if self.width // d >= width)
        return max((d for d in fitting if self.height // d >= height), default=1)

    def memory(self, divisor: int, width: int) -> int:
        """Return how many bytes it takes to decode the picture and to bring it to a width."""
        pixels = self.pixels / divisor**2
        decoding = self.pixels * self.whole_cost + pixels * self.cost
        shrinking = pixels * min(self.cost, 4) + 4 * width * self.height / divisor
        return self.weight + int(max(decoding, shrinking))


class Unreadable(Exception):
    """The file is damaged, or not what it says."""
