"""What a reader typed, and the filters, understood without ever refusing anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from lib.french import Word, composed, words
from lib.text import normalise_line

LONGEST = 200  # characters; what comes after is not read, and the page says so
MOST_CLAUSES = 12
# a phrase in any quotes, closed or not, or what stands between spaces; a dash before it excludes
PIECE = re.compile(
    r'(?P<minus>(?<!\S)[-−])?(?:"(?P<a>[^"]*)"?|[«“](?P<b>[^»”]*)[»”]?|(?P<c>[^\s"«“]+))'
)

Clause = tuple[str, ...]  # tokens that follow each other; one for a plain word


@dataclass(frozen=True)
class Query:
    """text: as typed, one line; wanted: clauses that must all be there; unwanted: that must not; typed: the wanted words in
    the text, for corrections."""

    text: str
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    typed: tuple[Word, ...] = ()
    is_cut: bool = False

    @property
    def tokens(self) -> set[str]:
        return {token for clause in self.wanted for token in clause}

    @property
    def is_empty(self) -> bool:
        return not self.wanted and not self.unwanted


def understood(text: str) -> Query:
    """Return the query in any text whatever."""
    line = normalise_line(composed(text[: 10 * LONGEST]))
    cut = line[:LONGEST].strip()
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    typed: list[Word] = []
    for piece in PIECE.finditer(cut):
        group = next((name for name in ("a", "b", "c") if piece[name] is not None), "c")
        start = piece.start(group)
        found = [
            word._replace(start=word.start + start, end=word.end + start)
            for word in words(piece[group] or "", cut[:start])
        ]
        clause = tuple(word.token for word in found)
        if not clause:
            continue
        if piece["minus"]:
            unwanted.append(clause)
        else:
            wanted += [clause] if group != "c" else [(token,) for token in clause]
            typed += found
    return Query(
        cut,
        _distinct(wanted),
        _distinct(unwanted),
        tuple(typed),
        is_cut=len(line) > LONGEST or len(text) > 10 * LONGEST,
    )


def _distinct(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))[:MOST_CLAUSES]


@dataclass(frozen=True)
class Filters:
    """sections: ids, any of them; author, tag: their keys; since, until: publication, the second excluded."""

    sections: tuple[int, ...] = field(default=())
    author: str = ""
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def any(self) -> bool:
        return bool(self.sections or self.author or self.tag or self.since or self.until)
