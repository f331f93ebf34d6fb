"""Words of several parts, which one writes with a hyphen and another as one word.

A text has the parts, in order, and beside them the whole as one token. A query asks for either:
"auto-test" and "autotest", "SARS-CoV-2" and "sarscov2".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, product

from lib.french.stems import stem
from lib.french.words import HYPHENS, READ, SPACES, Word, all_words, folded_word, tokens, words

Way = tuple[str, ...]  # tokens that follow each other

HYPHENED = re.compile(
    rf"(?<![^\W_])(?<![^\W_][{HYPHENS}])[^\W_]++(?:[{HYPHENS}][^\W_]++){{1,7}}+(?![{HYPHENS}][^\W_])"
)
RANGE = re.compile(rf"\d[{HYPHENS}]\d")  # "10-12 ans" is no word
JOINT = re.compile(rf"[{HYPHENS}{SPACES}]")
MIXED = re.compile(r"[a-z]\d|\d[a-z]")
# Folded. These stand before a word only, so that a space behind one is a hyphen left out:
PREFIXES = frozenset(
    """
    angio anti arthro broncho cardio dermato dys electro endo entero gastro hemato hepato hydro
    hyper hypo immuno infra inter intra macro meta myo neo nephro neuro oto peri pluri pneumo poly
    post pre pseudo retro rhino rhumato socio thermo thrombo toxico ultra uro vaso
    """.split()  # noqa: SIM905
)
# and these are words too: "une auto", "la radio", "sur"
BEGINNINGS = PREFIXES | frozenset(
    """
    auto bio chimio co contre crypto echo extra geo hemi homo gyneco kinesi laryngo mal mega
    micro mini mono multi nano non onco ortho osteo para patho pharmaco photo physio pro psycho
    radio re semi servo sous sub super supra sur tele trans uni
    """.split()  # noqa: SIM905
)
LONGEST_BEGINNING = max(map(len, BEGINNINGS))
SHORTEST_REST = 4
MOST_WAYS = 6


def wholes(text: str) -> Iterator[Word]:
    """Yield the hyphened words of a composed text as one, under the token of the whole."""
    for match in HYPHENED.finditer(text):
        token = whole_token(match[0])
        if token:
            yield Word(*match.span(), folded_word(JOINT.sub("", match[0])), token)


@lru_cache(10_000)
def whole_token(written: str) -> str:
    """Return "" for what is the same two words either way, "B-12", and for "10-12"."""
    folded = folded_word(JOINT.sub("", written))
    if RANGE.search(written) or _folded(folded) == _folded(written):
        return ""
    return folded if MIXED.search(folded) else stem(folded)


def _folded(text: str) -> list[str]:
    return [word.folded for word in all_words(text)]


def clauses(text: str, before: str = "") -> Iterator[tuple[list[Word], tuple[Way, ...]]]:
    """Yield each word of a composed text that counts, as its parts, with the ways to find it."""
    found = list(words(text, before))
    for start, end in _spans(text):
        parts = [word for word in found if start <= word.start < end]
        if parts:
            way = tuple(word.token for word in parts)
            yield parts, tuple(dict.fromkeys([way, *_other_ways(text[start:end])]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while match := READ.search(text, end):
        start, end = (HYPHENED.match(text, match.start()) or match).span()
        following = READ.match(text, end + 1)
        if following and text[end] in SPACES and folded_word(match[0]) in PREFIXES:
            end = following.end()
        yield start, end


def _other_ways(written: str) -> Iterator[Way]:
    if JOINT.search(written):
        if whole := whole_token(written):
            yield (whole,)
            yield tuple(tokens(JOINT.sub("", written)))
        return
    folded = folded_word(written)
    if MIXED.search(folded):
        yield (folded,)
    for size in range(min(LONGEST_BEGINNING, len(folded) - SHORTEST_REST), 1, -1):
        if folded[:size] in BEGINNINGS:
            yield stem(folded[:size]), stem(folded[size:])
            return


def phrase(ways: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Return the ways to find words that follow each other."""
    joined = (tuple(chain.from_iterable(choice)) for choice in product(*ways))
    return tuple(islice(joined, MOST_WAYS))
