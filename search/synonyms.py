"""What may stand instead of a reader's words: from a file of the house, and from the editors, who
also hold apart what the file joins.

A pair works both ways. What is as good as a word leads where the word leads, so that a smartphone,
which is a telephone, leads to screens; no pair leads further. A name with a capital leads nowhere
but to its own pairs, so that a box of medicine never leads to another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lib.cached import cached
from lib.french.compounds import Way, clauses, phrase
from lib.french.words import composed
from lib.text import fold
from lib.word_files import lines_of
from search.models import LONGEST_SPAN, Synonym

FILE = Path(__file__).resolve().parent / "data" / "synonyms.tsv"
SAME, RELATED, APART = Synonym.Kind.SAME.value, Synonym.Kind.RELATED.value, Synonym.Kind.APART.value
WEIGHTS = {SAME: 0.9, RELATED: 0.5}
MOST_FOR_A_SPAN, MOST = 6, 40


@dataclass(frozen=True)
class Alternative:
    """start, stop: the tokens of the query that it may stand for; tokens: what may stand there
    instead, in order; weight: 0 to 1."""

    start: int
    stop: int
    tokens: Way
    weight: float


class Pair(NamedTuple):
    words: str
    others: str
    kind: str


Known = dict[Way, list[tuple[Way, str]]]  # a side -> the other sides and their kind, best first


def alternatives(tokens: Sequence[str]) -> list[Alternative]:
    """Return what may stand for the words of a query, the closest first. One query at times."""
    known = _known(cached("search.synonyms", _rows))
    found = [
        Alternative(start, stop, other, WEIGHTS[kind])
        for start, stop in _spans(tokens, known)
        for other, kind in known[tuple(tokens[start:stop])][:MOST_FOR_A_SPAN]
    ]
    return sorted(found, key=lambda one: (-one.weight, one.start))[:MOST]


def warm_up() -> None:
    """Read the pairs of the file, which takes most of a second, before a reader waits for it."""
    _known("")


def _rows() -> str:
    """Return the pairs of the editors as lines, which are read faster than rows; the newest first,
    because it decides."""
    rows = Synonym.objects.order_by("-pk").values_list("words", "others", "kind")
    return "\n".join(map("\t".join, rows))


def _spans(tokens: Sequence[str], known: Known) -> Iterator[tuple[int, int]]:
    """Yield the known spans that stand in no longer one: "attaque" is not looked up in "attaque de
    panique", which is no stroke."""
    furthest = 0
    for start in range(len(tokens)):
        for stop in range(min(start + LONGEST_SPAN, len(tokens)), max(start, furthest), -1):
            if tuple(tokens[start:stop]) in known:
                yield start, stop
                furthest = stop
                break


@lru_cache(2)
def _known(rows: str) -> Known:
    known: dict[Way, dict[Way, str]] = {}
    names: set[Way] = set()
    pairs = _decided([*_read(rows.splitlines()), *pairs_of_file()])
    for words, others, kind in sorted(pairs, key=_is_further):
        for here, there in ((words, others), (others, words)):
            for way in _ways(here):
                known.setdefault(way, {}).setdefault(_ways(there)[0], kind)
        names.update(way for side in (words, others) if side.istitle() for way in _ways(side))
    return {
        way: [*others.items(), *(() if way in names else _further(way, known, names))]
        for way, others in known.items()
    }


def _further(
    way: Way, known: dict[Way, dict[Way, str]], names: set[Way]
) -> Iterator[tuple[Way, str]]:
    """Yield what its equals are related to, and it is not yet."""
    equals = [other for other, kind in known[way].items() if kind == SAME and other not in names]
    found = dict.fromkeys(
        other
        for equal in equals
        for other, kind in known.get(equal, {}).items()
        if kind == RELATED and other not in names
    )
    return ((other, RELATED) for other in found if other != way and other not in known[way])


def _is_further(pair: Pair) -> bool:
    return pair.kind != SAME


def _decided(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that count: of those with the same two sides, in either order, the first."""
    first: dict[frozenset[Way], Pair] = {}
    for pair in pairs:
        ways = [_ways(side) for side in pair[:2]]
        if all(ways):
            first.setdefault(frozenset(way[0] for way in ways), pair)
    return [pair for sides, pair in first.items() if pair.kind != APART and len(sides) == 2]


@lru_cache(40_000)
def _ways(side: str) -> tuple[Way, ...]:
    """Return the spans of a query that are this side, its own words first: "auto-test", "auto test"
    and "autotest" are one. None for a side without a word that counts, or with too many."""
    found = phrase(ways for _words, ways in clauses(composed(side)))
    return tuple(way for way in found if way) if 0 < len(found[0]) <= LONGEST_SPAN else ()


@lru_cache(1)
def pairs_of_file() -> tuple[Pair, ...]:
    return tuple(_read(lines_of(FILE)))


def pairs_with(text: str) -> Iterator[Pair]:
    """Yield the pairs of the file in which these letters stand."""
    letters = fold(text)
    return (pair for pair in pairs_of_file() if letters in fold(f"{pair.words}\t{pair.others}"))


def _read(lines: Iterable[str]) -> Iterator[Pair]:
    for line in lines:
        words, others, kind = line.split("\t")
        yield Pair(words, others, kind.upper())
