"""A query as levels of relevance, each a boolean expression over tokens in a database's dialect.

    1  all that is required stands in the title
    2  all of it stands in title, kicker, subtitle, standfirst, author or keywords
    3  all of it stands in the article, and the text comes back to every word, or the title has one
    4  all of it stands in the article

An article is in one level only; within a level the newest comes first. No statistics of the whole
collection are in it: both databases give the same order, it does not move under a reader who turns
the pages, and a word that half of the articles have costs as little as a rare one
(docs/decisions/0007-search.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from lib.french.compounds import Way
from search.document import ALL_ARTICLES, author_filter, pair, section_filter, tag_filter
from search.query import Clause, Filters, Query


@dataclass(frozen=True)
class Dialect:
    """How a database writes boolean expressions.

    Tokens are a-z and 0-9 only, so there is nothing to escape. An empty expression says nothing:
    it is left out of what it is joined to. has_places: whether the index knows in which order words
    stand; where it does not, pairs of words spare reading all articles that have them apart.
    """

    quote: str
    followed_by: str
    both: str
    either: str
    but_not: str
    has_places: bool

    def token(self, token: str) -> str:
        return f"{self.quote}{token}{self.quote}"

    def phrase(self, way: Way, field: str) -> str:
        written = self._joined((self.token(field + token) for token in way), self.followed_by)
        if self.has_places:
            return written
        pairs = (self.token(pair(*following)) for following in pairwise(way))
        return self.all_of([*pairs, written])

    def clause(self, clause: Clause, field: str) -> str:
        return self.any_of(self.phrase(way, field) for way in clause)

    def all_of(self, expressions: Iterable[str]) -> str:
        return self._joined(expressions, self.both)

    def any_of(self, expressions: Iterable[str]) -> str:
        return self._joined(expressions, self.either)

    def without(self, expression: str, excluded: str) -> str:
        return f"({expression}{self.but_not}{excluded})" if excluded else expression

    @staticmethod
    def _joined(expressions: Iterable[str], operator: str) -> str:
        given = [expression for expression in expressions if expression]
        return f"({operator.join(given)})" if len(given) > 1 else "".join(given)


DIALECTS = {
    "sqlite": Dialect('"', " + ", " AND ", " OR ", " NOT ", has_places=True),
    "postgresql": Dialect("'", " <-> ", " & ", " | ", " & !", has_places=False),
}


def match_expression(query: Query, filters: Filters, dialect: Dialect) -> str:
    """Return the expression that finds all articles of the query, whatever their level."""
    anywhere = (dialect.clause(clause, "b") for clause in query.required)
    required = dialect.all_of([_filtered(filters, dialect), *anywhere])
    return dialect.without(required or dialect.token(ALL_ARTICLES), _excluded(query, dialect))


def allowed_expression(expression: str, query: Query, filters: Filters, dialect: Dialect) -> str:
    """Return the expression without what the query excludes, within the filters."""
    within = dialect.all_of([_filtered(filters, dialect), expression])
    return dialect.without(within, _excluded(query, dialect))


def level_expressions(query: Query, filters: Filters, dialect: Dialect) -> list[str]:
    """Return one expression a level, the most relevant first; one in all without required words."""
    if not query.required:
        return [match_expression(query, filters, dialect)]
    allowed, excluded = _filtered(filters, dialect), _excluded(query, dialect)
    title, head, whole = (
        dialect.all_of(dialect.clause(clause, field) for clause in query.required)
        for field in "thb"
    )
    theme = _theme(query, dialect)
    levels = [
        dialect.all_of([allowed, title]),
        dialect.without(dialect.all_of([allowed, head]), title),
    ]
    if theme:
        levels.append(dialect.without(dialect.all_of([allowed, whole, theme]), head))
    levels.append(dialect.without(dialect.all_of([allowed, whole]), dialect.any_of([head, theme])))
    return [dialect.without(level, excluded) for level in levels]


def _theme(query: Query, dialect: Dialect) -> str:
    """Return what level 3 asks for; empty when only phrases are required, which are no themes."""
    words = [clause for clause in query.required if len(clause[0]) == 1]
    themes = dialect.all_of(dialect.clause(_single_words(clause), "k") for clause in words)
    if len(words) < 2:  # a single word in the title is level 1 already
        return themes
    return dialect.any_of([themes, *(dialect.clause(clause, "t") for clause in words)])


def _single_words(clause: Clause) -> Clause:
    return tuple(way for way in clause if len(way) == 1)  # themes stand in no order


def _filtered(filters: Filters, dialect: Dialect) -> str:
    return dialect.all_of(
        [
            dialect.any_of(dialect.token(section_filter(pk)) for pk in filters.sections),
            dialect.token(author_filter(filters.author)) if filters.author else "",
            dialect.token(tag_filter(filters.tag)) if filters.tag else "",
        ]
    )


def _excluded(query: Query, dialect: Dialect) -> str:
    return dialect.any_of(dialect.clause(clause, "b") for clause in query.excluded)
