"""The words of a text as tokens of a to z and 0 to 9, and a query as an expression over them.

s  the stem of a word that says something: any form of it is found
n  a word of a name or title as it is, without case and accents: its beginning finds it too
w  the whole name as one word
i  the id of a row that this one belongs to
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lib.french.stems import stem
from lib.french.words import STOP_WORDS, all_words, composed, latin, tokens
from lib.text import name_key

LONGEST_QUERY = 200  # characters; what comes after is not read
MOST_WORDS = 12
SHORTEST_BEGINNING = 2  # letters: the words that begin with one letter are too many

JOINS = {  # and, or, this token, what begins with it
    "sqlite": (" AND ", " OR ", '"{}"', '"{}"*'),
    "postgresql": (" & ", " | ", "'{}'", "'{}':*"),
}


def names(text: str) -> Iterator[str]:
    """Yield the tokens of the words of a name or title."""
    yield from (f"n{word}" for word in _words(text))


def whole_name(text: str) -> str:
    """Return the token of a name whose signs and spaces nobody remembers."""
    return f"w{latin(name_key(text))[:40]}"


def prose(text: str) -> Iterator[str]:
    """Yield the stems of a text."""
    yield from (f"s{token}" for token in tokens(text))


def belongs_to(pk: int | None) -> str:
    return f"i{pk}"


def expression(text: str, letter: str, vendor: str, owners: Iterable[int] = ()) -> str:
    """Return what finds the rows of a kind that have all the words, or this name, or one of the
    owners.

    Words that say nothing are not asked for beside others. Empty when there is nothing to look for.
    """
    both, either, exact, beginning = JOINS[vendor]
    found = list(dict.fromkeys(_words(text[:LONGEST_QUERY])))[:MOST_WORDS]
    told = [word for word in found if word not in STOP_WORDS] or found

    def alternatives(word: str) -> str:
        name = beginning if len(word) >= SHORTEST_BEGINNING else exact
        forms = (exact.format(f"{letter}s{stem(word)}"), name.format(f"{letter}n{word}"))
        return f"({either.join(forms)})"

    if not told:
        return ""
    others = [whole_name(text[:LONGEST_QUERY]), *map(belongs_to, owners)]
    ways = [f"({both.join(map(alternatives, told))})"]
    return either.join([*ways, *(exact.format(letter + other) for other in others)])


def _words(text: str) -> list[str]:
    return [word.folded for word in all_words(composed(text)) if word.folded]
