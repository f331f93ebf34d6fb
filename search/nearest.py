"""What a page of results shows when few articles have all the words: those that come nearest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lib.french.compounds import Way
from lib.french.words import tokens
from search.index import KEYS_PER_SECOND
from search.query import Filters, Query
from search.ranking import answers
from search.results import Hit, load_hits
from search.spelling import Unknown

CORRECTED = 0.8  # what a word counts that is one letter away from what was typed
Others = list[list[tuple[Way, float]]]  # for each clause, what may stand for it, and its worth


@dataclass(frozen=True)
class Nearest:
    """whole: articles that have all that was asked for, or what stands for it; partly: others, with
    what they lack; unknown: words that no article has."""

    whole: list[Hit] = field(default_factory=list)
    partly: list[Hit] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def hits(self) -> list[Hit]:
        return [*self.whole, *self.partly]


def nearest(query: Query, filters: Filters, unknown: Unknown) -> Nearest:
    """Return the articles that answer best, at most ten. Three queries, four at times.

    `unknown`: the words that no article has, each with the known words one letter away.
    """
    others = _others(query, unknown)
    found = answers(query, filters, others)
    ways = query.ways | {way for clause in others for way, _weight in clause}
    lacks = {
        answer.key % KEYS_PER_SECOND: tuple(query.written[place] for place in answer.missing)
        for answer in found.best
    }
    hits = [
        replace(hit, missing=lacks[hit.article.pk])
        for hit in load_hits([answer.key for answer in found.best], ways)
    ]
    return Nearest(
        [hit for hit in hits if not hit.missing],
        [hit for hit in hits if hit.missing],
        [query.written[place] for place in found.unknown],
    )


def _others(query: Query, unknown: Unknown) -> Others:
    """Return what may stand for each clause: known words one letter away from an unknown one."""
    near = {word.token: known for word, known in unknown.items()}
    return [
        [
            (tuple(tokens(known)), CORRECTED)
            for way in clause
            if len(way) == 1
            for known in near.get(way[0], ())
            if tokens(known)
        ]
        for clause in query.required
    ]
