"""What a reader typed, and the filters, read without ever refusing anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lib.french import Word, composed, words
from lib.text import normalise_line

LONGEST = 200  # characters; what comes after is not read, and the page says so
LONGEST_RAW = 10 * LONGEST  # characters that are looked at before white space is folded
MOST_CLAUSES = 12
# a phrase in any quotes, closed or not, or what stands between spaces; a dash before it excludes
PIECE = re.compile(
    r'(?P<minus>(?<!\S)[-−])?(?:"(?P<a>[^"]*)"?|[«“](?P<b>[^»”]*)[»”]?|(?P<c>[^\s"«“]+))'
)
UNQUOTED = "c"

Clause = tuple[str, ...]  # tokens that follow each other; one for a plain word


@dataclass(frozen=True)
class Query:
    """A query, parsed.

    text: as typed, one line; required: the clauses that must all be there; excluded: those that
    must not; typed: the required words and where they stand in the text, for corrections.
    """

    text: str
    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    typed: tuple[Word, ...] = ()
    is_truncated: bool = False

    @cached_property
    def tokens(self) -> set[str]:
        return _tokens(self.required)

    @cached_property
    def excluded_tokens(self) -> set[str]:
        return _tokens(self.excluded)

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excluded


def parse_query(text: str) -> Query:
    """Return the query in any text whatever."""
    line = normalise_line(composed(text[:LONGEST_RAW]))
    read = line[:LONGEST].strip()
    required: list[Clause] = []
    excluded: list[Clause] = []
    typed: list[Word] = []
    for piece in PIECE.finditer(read):
        group = _group_of(piece)
        found = list(_words_of(piece, group))
        clause = tuple(word.token for word in found)
        if not clause:
            continue
        if piece["minus"]:
            excluded.append(clause)
        else:
            required += [(token,) for token in clause] if group == UNQUOTED else [clause]
            typed += found
    return Query(
        text=read,
        required=_distinct(required),
        excluded=_distinct(excluded),
        typed=tuple(typed),
        is_truncated=len(line) > LONGEST or len(text) > LONGEST_RAW,
    )


def _group_of(piece: re.Match[str]) -> str:
    return next((name for name in ("a", "b") if piece[name] is not None), UNQUOTED)


def _words_of(piece: re.Match[str], group: str) -> Iterator[Word]:
    """Yield the words of a piece, placed in the whole text; the words before it tell whether a
    single letter is part of a name."""
    start = piece.start(group)
    for word in words(piece[group], piece.string[:start]):
        yield word._replace(start=word.start + start, end=word.end + start)


def _distinct(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))[:MOST_CLAUSES]


def _tokens(clauses: Iterable[Clause]) -> set[str]:
    return {token for clause in clauses for token in clause}


@dataclass(frozen=True)
class Filters:
    """sections: ids, any of them; author, tag: their keys; since, until: of publication, the
    second excluded."""

    sections: tuple[int, ...] = ()
    author: str = ""
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def any(self) -> bool:
        return bool(self.sections or self.author or self.tag or self.since or self.until)
