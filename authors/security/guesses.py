"""How many guesses lead to a password: the cheapest way to put it together from known pieces.

Pieces are listed words, runs along a keyboard, years, days, repetitions and single signs. The unit
is the number of digits of the number of guesses, as zxcvbn counts it (Wheeler, USENIX Security
2016).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import inf

from lib.text import fold

Costs = Callable[[str], float | None]  # of a listed word

LONGEST = 64  # signs that are read: what follows can only make it harder
LONGEST_WORD = 24
SIGN, RUN, YEAR, DATE, AGAIN = 1.0, 1.5, 2.0, 4.0, 0.5  # digits for a piece of each kind
MONTH, DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
DATED = re.compile(rf"{DAY}{MONTH}(?:19|20)\d\d|(?:19|20)\d\d{MONTH}{DAY}")
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    *("azertyuiop", "qsdfghjklm", "wxcvbn"),
    *("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("1aqw", "2zsx", "3edc", "4rfv", "5tgb", "6yhn", "1qaz", "2wsx"),
)
RUNS_BOTH_WAYS = " ".join((*RUNS, *(run[::-1] for run in RUNS)))
SHORTEST_RUN = 3
LEET = tuple(
    str.maketrans({**dict(zip("@4€3059$78", "aaeeosgstb", strict=True)), "1": one, "!": one})
    for one in "il"
)


def digits_of_guesses(password: str, cost: Costs = lambda word: None) -> float:
    """Return the number of digits, with or without accents, in leet or backwards.

    Blanks and punctuation between the pieces are worth one sign, however many there are.
    """
    folded = fold(password[:LONGEST])[:LONGEST]
    joined = re.sub(r"[\W_]+", "", folded)
    known: dict[str, float] = {}
    return min(
        *(_cheapest(way, cost, known) for way in (folded, folded[::-1])),
        *(_cheapest(way, cost, known) + SIGN for way in (joined, joined[::-1])),
    )


def _cheapest(text: str, cost: Costs, known: dict[str, float]) -> float:
    """Return the digits of the cheapest way; `known` holds those of the parts seen before."""
    if text not in known:
        best = [0.0, *[inf] * len(text)]
        for start in range(len(text)):
            for length, digits in _pieces(text, start, cost, known):
                best[start + length] = min(best[start + length], best[start] + digits)
        known[text] = best[-1]
    return known[text]


def _pieces(
    text: str, start: int, cost: Costs, known: dict[str, float]
) -> Iterator[tuple[int, float]]:
    """Yield the length and the digits of every piece that begins here."""
    yield 1, SIGN
    for end in range(start + 2, min(len(text), start + LONGEST_WORD) + 1):
        word = text[start:end]
        for read in {word, *(word.translate(table) for table in LEET)}:
            if (digits := cost(read)) is not None:
                yield end - start, max(digits, SIGN)
    run = _run(text, start)
    if run >= SHORTEST_RUN:
        yield run, RUN
    if text[start : start + 2] in {"19", "20"} and text[start : start + 4].isdecimal():
        yield len(text[start : start + 4]), YEAR
    if DATED.match(text, start):
        yield 8, DATE
    for unit, end in _repetitions(text, start):
        yield end - start, _cheapest(unit, cost, known) + AGAIN


def _run(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and text[start : end + 1] in RUNS_BOTH_WAYS:
        end += 1
    return end - start


def _repetitions(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield what stands here twice or more in a row, and where that ends."""
    covered = start
    for size in range(1, (len(text) - start) // 2 + 1):
        unit, end = text[start : start + size], start + size
        while text.startswith(unit, end):
            end += size
        if end > max(start + size, covered):  # else a smaller unit says the same
            covered = end
            yield unit, end
