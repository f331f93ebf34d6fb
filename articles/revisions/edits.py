"""The shortest way from one list to another, within a bounded effort.

The standard library's matcher takes cubic time on lists of which every second item is the same:
two paragraphs of 4 kB took it five seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

# so that time grows with the length; 140 changes are always found
FEWEST_STEPS, STEPS_AN_ITEM = 20_000, 40
MOST_STEPS = 2_000_000  # of one comparison, a second

Run = tuple[list[str], list[str]]


class Effort:
    """The steps that are left to a comparison of two texts."""

    def __init__(self, left: int = MOST_STEPS) -> None:
        self.left = left


def changes(old: list[str], new: list[str], effort: Effort) -> Iterator[Run]:
    """Yield runs of both lists: equal ones twice the same, else what goes and what comes.

    What would take more effort than is left, or than the length is worth, comes as one change.
    """
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    yield old[:head], old[:head]
    yield from _runs(old[head : len(old) - tail], new[head : len(new) - tail], effort)
    yield old[len(old) - tail :], old[len(old) - tail :]


def _shared(one: list[str], other: list[str]) -> int:
    differing = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _runs(old: list[str], new: list[str], effort: Effort) -> Iterator[Run]:
    at, place = 0, 0
    for start, other, length in _snakes(old, new, effort):
        yield old[at:start], new[place:other]
        at, place = start + length, other + length
        yield old[start:at], new[other:place]
    yield old[at:], new[place:]


def _snakes(old: list[str], new: list[str], effort: Effort) -> list[tuple[int, int, int]]:
    """Return the equal runs as (place in old, place in new, length); none if it costs too much.

    Source: Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1986.
    """
    worth = max(FEWEST_STEPS, STEPS_AN_ITEM * (len(old) + len(new)))
    left = steps = min(effort.left, worth)
    ends = {1: 0}  # diagonal -> how far into `old` so many edits lead on it
    trail: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1):
        left -= 2 * edits + 1
        trail.append(ends.copy())
        for diagonal in range(-edits, edits + 1, 2):
            before = _before(ends, diagonal, edits)
            x = start = ends[before] + (before < diagonal)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            ends[diagonal] = x
            left -= x - start
            if x >= len(old) and y >= len(new):
                effort.left -= steps - left
                return _way_back(trail, x, y)
        if left <= 0:
            break
    effort.left -= steps - left
    return []


def _before(ends: dict[int, int], diagonal: int, edits: int) -> int:
    """Return the diagonal that the last edit came from: the one above, or the one below."""
    is_down = diagonal == -edits or (diagonal != edits and ends[diagonal - 1] < ends[diagonal + 1])
    return diagonal + 1 if is_down else diagonal - 1


def _way_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    snakes = []
    for edits in range(len(trail) - 1, -1, -1):
        diagonal, ends = x - y, trail[edits]
        before = _before(ends, diagonal, edits)
        start = ends[before] + (before < diagonal)
        if x > start:
            snakes.append((start, start - diagonal, x - start))
        x, y = ends[before], ends[before] - before
    return snakes[::-1]
