"""A query as levels of relevance, each a boolean expression over tokens in the language of the database.

    1  all that is wanted stands in the title
    2  all of it stands in title, kicker, subtitle, standfirst, author or keywords
    3  all of it stands in the article, and the text comes back to every word, or the title has one of them
    4  all of it stands in the article

An article is in one level only; within a level the newest comes first. No statistics of the whole collection are in it:
both databases give the same order, it does not move under a reader who turns the pages, and a word that half of the
articles have costs as little as a rare one (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.document import EVERYTHING, author_filter, section_filter, tag_filter
from search.query import Clause, Filters, Query


@dataclass(frozen=True)
class Language:
    """How a database writes boolean expressions. Tokens are a-z and 0-9: there is nothing to escape."""

    quote: str
    then: str
    both: str
    either: str
    but_not: str

    def phrase(self, clause: Clause, place: str) -> str:
        return self._joined(
            (f"{self.quote}{place}{token}{self.quote}" for token in clause), self.then
        )

    def all_of(self, parts: Iterable[str]) -> str:
        return self._joined(parts, self.both)

    def any_of(self, parts: Iterable[str]) -> str:
        return self._joined(parts, self.either)

    def without(self, expression: str, unwanted: str) -> str:
        """Both may be empty."""
        return f"({expression}{self.but_not}{unwanted})" if unwanted else expression

    @staticmethod
    def _joined(parts: Iterable[str], word: str) -> str:
        found = [part for part in parts if part]
        return found[0] if len(found) == 1 else f"({word.join(found)})" if found else ""


LANGUAGES = {
    "sqlite": Language('"', " + ", " AND ", " OR ", " NOT "),
    "postgresql": Language("'", " <-> ", " & ", " | ", " & !"),
}


def everything(query: Query, filters: Filters, language: Language) -> str:
    """Return the expression that finds all articles of the query, whatever their level."""
    wanted = language.all_of(
        [_filtered(filters, language), *(language.phrase(clause, "b") for clause in query.wanted)]
    )
    return language.without(wanted or _token(EVERYTHING, language), _unwanted(query, language))


def levels(query: Query, filters: Filters, language: Language) -> list[str]:
    """Return one expression a level, the most relevant first; a single one when no word is wanted."""
    if not query.wanted:
        return [everything(query, filters, language)]
    allowed, unwanted = _filtered(filters, language), _unwanted(query, language)
    title, head, whole = (
        language.all_of(language.phrase(clause, place) for clause in query.wanted)
        for place in "thb"
    )
    theme = _theme(query, language)
    best = [
        language.all_of([allowed, title]),
        language.without(language.all_of([allowed, head]), title),
        *([language.without(language.all_of([allowed, whole, theme]), head)] if theme else []),
        language.without(language.all_of([allowed, whole]), language.any_of([head, theme])),
    ]
    return [language.without(level, unwanted) for level in best]


def _theme(query: Query, language: Language) -> str:
    words = [clause for clause in query.wanted if len(clause) == 1]
    theme = language.all_of(language.phrase(clause, "k") for clause in words)
    return (
        language.any_of([theme, *(language.phrase(clause, "t") for clause in words)])
        if len(words) > 1
        else theme
    )


def _filtered(filters: Filters, language: Language) -> str:
    return language.all_of(
        [
            language.any_of(_token(section_filter(pk), language) for pk in filters.sections),
            _token(author_filter(filters.author), language) if filters.author else "",
            _token(tag_filter(filters.tag), language) if filters.tag else "",
        ]
    )


def _unwanted(query: Query, language: Language) -> str:
    return language.any_of(language.phrase(clause, "b") for clause in query.unwanted)


def _token(token: str, language: Language) -> str:
    return f"{language.quote}{token}{language.quote}"
