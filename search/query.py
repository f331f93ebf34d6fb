"""What a reader typed, and the filters, read without ever refusing anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lib.french.compounds import Way, clauses, phrase
from lib.french.stems import stem
from lib.french.words import FRACTIONS, Word, common_words, composed
from lib.text import normalise_line

LONGEST = 200  # characters; what comes after is not read, and the page says so
LONGEST_RAW = 10 * LONGEST  # characters that are looked at before white space is folded
MOST_CLAUSES = 12
# a dash excludes what follows, but in "-20 °C" it is a minus
EXCLUDES = rf"[-−](?![.,]?[\d{FRACTIONS}])"
# a phrase in any quotes, closed or not, or what stands between them; one word of it when excluded
PIECE = re.compile(
    rf'(?P<minus>(?<!\S){EXCLUDES})?(?:"(?P<a>[^"]*)"?|[«“](?P<b>[^»”]*)[»”]?'
    rf'|(?P<c>[^\s"«“]+(?(minus)|(?: (?!{EXCLUDES}\S)[^\s"«“]+)*)))'
)
UNQUOTED = "c"

Clause = tuple[Way, ...]  # found by any of the ways; a plain word has one, of one token


@dataclass(frozen=True)
class Query:
    """A query, parsed.

    text: as typed, one line; required: the clauses that must all be there; written: how each of
    them was typed; excluded: those that must not; typed: the required words and where they stand in
    the text, for corrections.
    """

    text: str
    required: tuple[Clause, ...] = ()
    written: tuple[str, ...] = ()
    excluded: tuple[Clause, ...] = ()
    typed: tuple[Word, ...] = ()
    is_truncated: bool = False

    @cached_property
    def ways(self) -> set[Way]:
        return {way for clause in self.required for way in clause}

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excluded

    def matches(self, tokens: set[str]) -> bool:
        """Tell whether these words, whatever their order, have what is required and nothing of what
        is excluded."""

        def has(clause: Clause) -> bool:
            return any(tokens.issuperset(way) for way in clause)

        return all(map(has, self.required)) and not any(map(has, self.excluded))


def parse_query(text: str) -> Query:
    """Return the query in any text whatever."""
    line = normalise_line(composed(text[:LONGEST_RAW]))
    read = line[:LONGEST].strip()
    required: dict[Clause, str] = {}
    excluded: list[Clause] = []
    typed: list[Word] = []
    for piece in PIECE.finditer(read):
        group = _group_of(piece)
        found = list(clauses(piece[group], read[: piece.start(group)]))
        asked = {ways: _text_of(words, piece[group]) for words, ways in found}
        if asked and group != UNQUOTED:
            asked = {phrase([ways for _words, ways in found]): piece[group]}
        if piece["minus"]:
            excluded += [phrase(asked)] if asked else []
        else:
            required |= {ways: text for ways, text in asked.items() if ways not in required}
            typed += (_placed(word, piece, group) for words, _ways in found for word in words)
    required = required or _common(read)
    return Query(
        text=read,
        required=tuple(required)[:MOST_CLAUSES],
        written=tuple(required.values())[:MOST_CLAUSES],
        excluded=tuple(dict.fromkeys(excluded))[:MOST_CLAUSES],
        typed=tuple(typed),
        is_truncated=len(line) > LONGEST or len(text) > LONGEST_RAW,
    )


def _group_of(piece: re.Match[str]) -> str:
    return next((name for name in ("a", "b") if piece[name] is not None), UNQUOTED)


def _placed(word: Word, piece: re.Match[str], group: str) -> Word:
    start = piece.start(group)
    return word._replace(start=word.start + start, end=word.end + start)


def _text_of(words: list[Word], text: str) -> str:
    return text[words[0].start : words[-1].end]


def _common(read: str) -> dict[Clause, str]:
    """Return what asks for the common words when nothing else was typed: « vers », also as the
    plural of « ver »."""
    return {
        ((word.token,), (stem(word.folded),)): word.folded
        for piece in PIECE.finditer(read)
        if not piece["minus"]
        for word in common_words(piece[_group_of(piece)])
    }


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
