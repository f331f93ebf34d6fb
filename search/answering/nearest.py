"""What a page of results shows when few articles have all the words: those that come nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lib.french.compounds import Way
from lib.french.words import tokens
from search.answering.ranking import answers
from search.index import KEYS_PER_SECOND
from search.query import Clause, Filters, Query
from search.results import Hit, load_hits
from search.spelling import Unknown
from search.synonyms import alternatives

CORRECTED, SUBSTANCE = 0.8, 0.9  # what a word counts that is one letter away from what was typed
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


def nearest(
    query: Query, filters: Filters, unknown: Unknown, substances: Sequence[str] = ()
) -> Nearest:
    """Return the articles that answer best, at most ten. Three queries, four at times.

    `unknown`: the words that no article has, each with the known words one letter away;
    `substances`: what the medicines that the query names consist of.
    """
    others = _others(query, unknown, substances)
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


def _others(query: Query, unknown: Unknown, substances: Sequence[str]) -> Others:
    """Return what may stand for each clause: synonyms, known words one letter away from an unknown
    one, and for a word that no article has the substance of the medicine that is named."""
    near = {word.token: known for word, known in unknown.items()}
    others = [_corrected(clause, near) for clause in query.required]
    ways = [(way, SUBSTANCE) for name in substances if (way := tuple(tokens(name)))]
    for clause, may_stand in zip(query.required, others, strict=True):
        may_stand += ways if any(token in near for way in clause for token in way) else []
    places = [place for place, clause in enumerate(query.required) for _token in clause[0]]
    for other in alternatives([token for clause in query.required for token in clause[0]]):
        for place in sorted({*places[other.start : other.stop]}):
            others[place].append((other.tokens, other.weight))
    return others


def _corrected(clause: Clause, near: dict[str, list[str]]) -> list[tuple[Way, float]]:
    meant = (known for way in clause if len(way) == 1 for known in near.get(way[0], ()))
    return [(way, CORRECTED) for word in meant if (way := tuple(tokens(word)))]
