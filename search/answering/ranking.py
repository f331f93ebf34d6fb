"""The articles that answer best when few have all the words: all of them, most of them, some.

A rare word weighs more than a common one, the title more than the text; what may stand for a word
counts a little less. Frequencies are our own, counted up to a limit, so that SQLite and PostgreSQL
answer alike and a query costs the same on any site: candidates come from the rarest words, at most
MOST_CANDIDATES, and MOST_SHOWN of them are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from operator import itemgetter
from pathlib import Path

from django.db import connection

from lib.cached import cached
from lib.french import words
from lib.french.compounds import Way
from lib.word_files import lines_of
from search.dialects import DIALECTS, Dialect, allowed_expression
from search.document import without_pairs
from search.fulltext import Parts, counted, rows_of
from search.models import SearchEntry
from search.query import Clause, Filters, Query

DATA = Path(__file__).resolve().parent.parent / "data"
MOST_SHOWN, MOST_PARTLY = 10, 6  # of which so many at most lack a word
MOST_CANDIDATES = 60
OF_A_PART = 20  # candidates of one combination of words
RAREST = 4  # words whose combinations are looked for
FIELDS = (("t", 6.0), ("h", 3.0), ("k", 1.5))  # what a word counts there, beside once in the text
SATURATION = 1.4  # occurrences after which one more says little (BM25F, Robertson 2009)
USUAL_LENGTH = 2500  # characters of a document's tokens
STANDS_FOR = 0.7  # weight of what is as good as the word itself
LARGEST = 5_000  # articles that are counted to say what share of them has a word
MOSTLY = 0.6  # share of the weight of the words that « most of them » has
LIGHT = 0.6  # of the weight of a word that says little
LEAST, NEXT_TO_BEST = 0.2, 0.3  # share of the weight, of the best score, that is still an answer


@dataclass(frozen=True)
class Term:
    """What one clause of a query asks for. ways: how it may be said, and what each way counts, the
    most first; rarity: what the clause weighs."""

    ways: tuple[tuple[Way, float], ...]
    rarity: float
    is_known: bool = True


@dataclass(frozen=True)
class Answer:
    """An article's key, and which clauses of the query it lacks, by their place."""

    key: int
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Answers:
    """The best answers, the best first; unknown: the clauses that no article has."""

    best: list[Answer]
    unknown: tuple[int, ...]


def answers(
    query: Query, filters: Filters, others: Sequence[Sequence[tuple[Way, float]]]
) -> Answers:
    """Return the articles that answer best. `others`: for each clause, what may stand for it.

    Two queries, frequencies and candidates, of a lone word candidates only; one more at times.
    """
    terms = _terms(query.required, others)
    candidates = _candidates(terms, query, filters)
    scored = [_scored(key, document, terms) for key, document in candidates]
    scored = [row for row in scored if row[0] < 3]
    best = max((score for _rank, score, _answer in scored), default=0.0)
    kept = sorted(
        (row for row in scored if row[0] == 0 or row[1] >= NEXT_TO_BEST * best),
        key=lambda row: (row[0], -row[1], -row[2].key),
    )
    whole = [answer for rank, _score, answer in kept if rank == 0]
    partly = [answer for rank, _score, answer in kept if rank > 0][:MOST_PARTLY]
    if len(terms) == 1 and not candidates:  # has any article the word, outside of the filters?
        terms = _weighed(terms)
    unknown = tuple(n for n, term in enumerate(terms) if not term.is_known)
    return Answers([*whole, *partly][:MOST_SHOWN], unknown)


def _terms(clauses: Sequence[Clause], others: Sequence[Sequence[tuple[Way, float]]]) -> list[Term]:
    """Return what each clause asks for, weighed unless it stands alone: then no query."""
    terms = []
    for clause, more in zip(clauses, others, strict=True):
        ways = {**dict(more), **dict.fromkeys(clause, 1.0)}
        is_light = all(token in _light_tokens() for way in clause for token in way)
        by_weight = sorted(ways.items(), key=lambda found: (-found[1], found[0]))
        terms.append(Term(tuple(by_weight), LIGHT if is_light else 1.0))
    return _weighed(terms) if len(terms) > 1 else terms


def _weighed(terms: Sequence[Term]) -> list[Term]:
    """Weigh each term by how few articles have it. One query, one more at times."""
    size = cached("search.size", SearchEntry.objects.values("pk")[:LARGEST].count)
    dialect = DIALECTS[connection.vendor]
    said = (tuple(sorted(way for way, _weight in term.ways)) for term in terms)
    counts = counted([dialect.clause(ways, "b") for ways in said], Filters())
    return [
        replace(term, rarity=term.rarity * math.log(1 + size / (count + 0.5)), is_known=count > 0)
        for term, count in zip(terms, counts, strict=True)
    ]


@lru_cache(1)
def _light_tokens() -> frozenset[str]:
    return frozenset(words.tokens(" ".join(lines_of(DATA / "light_words.txt"))))


def _candidates(terms: Sequence[Term], query: Query, filters: Filters) -> list[tuple[int, str]]:
    """Return keys and words of articles that have all words, several or one of the rarest. One
    query."""
    dialect = DIALECTS[connection.vendor]
    parts = Parts(filters)
    unions: list[str] = []
    for expression in dict.fromkeys(_expressions(terms, dialect)):
        part = parts.add(allowed_expression(expression, query, filters, dialect), OF_A_PART)
        unions.append(f"SELECT {len(unions)} AS part, place FROM {part}")  # noqa: S608  (ours)
    if not unions:
        return []
    statement = (
        f"{parts.sql}, found AS (SELECT place, min(part) AS part FROM "  # noqa: S608  (ours)
        f"({' UNION ALL '.join(unions)}) AS every GROUP BY place ORDER BY 2, 1 DESC "
        f"LIMIT {MOST_CANDIDATES}) SELECT key, document FROM found "
        "JOIN search_searchentry ON key = place"
    )
    return rows_of(statement, parts.parameters)


def _expressions(terms: Sequence[Term], dialect: Dialect) -> Iterator[str]:
    """Yield what candidates are looked for by, the most telling first: all words, the rarest in the
    title, some of the rarest together, one of them."""
    known = sorted((term for term in terms if term.is_known), key=lambda term: -term.rarity)
    rarest = known[:RAREST]

    def said(chosen: Iterable[Term], field: str) -> str:
        ways = (tuple(way for way, _weight in term.ways) for term in chosen)
        return dialect.all_of(dialect.clause(choice, field) for choice in ways)

    if known:
        yield from (said(known, field) for field in "hb")
    yield from (said([term], "t") for term in rarest)
    for size in (3, 2):
        yield from (said(chosen, "b") for chosen in combinations(rarest, size))
    yield from (said([term], "h") for term in rarest)
    yield from (said([term], "b") for term in rarest[:2])


def _scored(key: int, document: str, terms: Sequence[Term]) -> tuple[int, float, Answer]:
    """Return how much of the query the document has (0 all, 1 most, 2 some, 3 too little), its
    score, and the answer."""
    document = without_pairs(document)
    text, tokens = f" {document} ", frozenset(document.split())
    score = had = whole = 0.0
    missing = []
    for place, term in enumerate(terms):
        weight, worth = _best(term.ways, text, tokens)
        score += term.rarity * worth
        whole += term.rarity if term.is_known else 0.0
        if worth:
            had += term.rarity
        if not worth or weight < STANDS_FOR:
            missing.append(place)
    share = had / whole if whole else 0.0
    rank = 0 if not missing else 1 if share >= MOSTLY else 2 if share >= LEAST else 3
    return rank, score, Answer(key, tuple(missing))


def _best(
    ways: Sequence[tuple[Way, float]], text: str, tokens: frozenset[str]
) -> tuple[float, float]:
    """Return the weight of the way that counts most in a document, and what it counts. `ways`:
    those that weigh most first."""
    best = 0.0, 0.0
    for way, weight in ways:
        if weight <= best[1]:
            break
        if tokens.issuperset([f"b{token}" for token in way]):
            best = max(best, (weight, weight * _worth(way, text, tokens)), key=itemgetter(1))
    return best


def _worth(way: Way, text: str, tokens: frozenset[str]) -> float:
    """Return what a way of saying it counts in a document, 0 to 1."""
    occurrences = text.count(_said("b", way))
    if not occurrences:
        return 0.0
    weight = occurrences + sum(more for field, more in FIELDS if _has(field, way, text, tokens))
    length = 0.6 + 0.4 * len(text) / USUAL_LENGTH
    return weight / (weight + SATURATION * length)


def _has(field: str, way: Way, text: str, tokens: frozenset[str]) -> bool:
    """Tell whether a field has it; of themes, which stand in no order, its first word."""
    if len(way) == 1 or field == "k":
        return f"{field}{way[0]}" in tokens
    return _said(field, way) in text


def _said(field: str, way: Way) -> str:
    return f" {' '.join(field + token for token in way)} "
