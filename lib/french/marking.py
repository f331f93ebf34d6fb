"""The words of a query in a text: marked, and the place where most of them meet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import escape
from itertools import islice

from django.utils.safestring import SafeString, mark_safe

from lib.french.compounds import HYPHENED, Way, whole_token
from lib.french.stems import IRREGULAR, stem
from lib.french.words import (
    FRACTIONS,
    HYPHENS,
    NEAR,
    RAISED,
    READ,
    Word,
    composed,
    is_elided,
    is_idle,
    lone_token,
    read,
    words,
)

# an extract is chosen among the first ones: a long text costs no more than a short one
MOST_PLACES = 8
LONGEST_PHRASE = 400  # characters in which the words of a phrase stand


def marked(text: str, wanted: Collection[Way]) -> SafeString:
    """Return a plain text as HTML with what is wanted in <mark>."""
    text, parts, last = composed(text), [], 0
    for word in found(text, wanted):
        before, inside = text[last : word.start], text[word.start : word.end]
        parts += [escape(before), "<mark>", escape(inside), "</mark>"]
        last = word.end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308  (parts are escaped)


def extract(text: str, wanted: Collection[Way], limit: int = 220) -> str:
    """Return at most about `limit` characters of a plain text.

    They stand around the first place where most of what is wanted meets; "" if none is there.
    """
    text = " ".join(composed(text).split())
    places = list(islice(found(text, wanted), MOST_PLACES))
    if not places:
        return ""
    best = max(
        range(len(places)),
        key=lambda i: (
            len({word.token for word in places[i:] if word.end - places[i].start <= limit - 40}),
            -i,
        ),
    )
    start = _start(text, places[best].start)
    end = min(len(text), start + limit)
    if end < len(text):
        end = max(text.rfind(" ", places[best].end, end), places[best].end)
    cut = text[start:end].rstrip(" ,;:.–—-") if end < len(text) else text[start:end]
    return f"{'… ' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _start(text: str, word: int) -> int:
    """Return the beginning of the sentence if it is near, else that of a word some way before."""
    near = max(0, word - 80)
    if near == 0:
        return 0
    sentence = max(text.rfind(mark, near, word) for mark in (". ", "! ", "? ", "… "))
    return sentence + 2 if sentence >= 0 else text.rfind(" ", 0, near + 40) + 1


def found(text: str, wanted: Collection[Way]) -> Iterator[Word]:
    """Yield what is wanted of a composed text: words, hyphened words, phrases; none in another."""
    ways: dict[str, list[Way]] = {}
    for way in wanted:
        ways.setdefault(way[0], []).append(way)
    beginning = _beginning_like(frozenset(ways))
    end = 0
    while candidate := beginning.search(text, end):
        start, last, end = _beginning(text, candidate.start()), end, candidate.end()
        match = READ.match(text, start)
        if not match or start < last:  # it was read
            continue
        end = max(end, match.end())
        for word in _at(text, match, ways):
            yield word
            end = max(end, word.end)


def _at(text: str, match: re.Match[str], ways: dict[str, list[Way]]) -> Iterator[Word]:
    """Yield what is wanted of the word here, or the phrase or hyphened word that it begins."""
    last, end = match.span()
    if text[end : end + 1] in HYPHENS and (hyphened := HYPHENED.match(text, last)):
        token = whole_token(hyphened[0])
        if (token,) in ways.get(token, ()):
            yield Word(*hyphened.span(), "", token)
            return
    for word, is_common in read(match[0]):
        start, end = match.start() + word.start, match.start() + word.end
        token = _token(word, is_common, text, start, end, ways)
        phrase_end = _end(text, start, end, ways[token]) if token and start >= last else 0
        if phrase_end:
            last = phrase_end
            yield Word(start, last, word.folded, token)


def _token(
    word: Word, is_common: bool, text: str, start: int, end: int, ways: dict[str, list[Way]]
) -> str:
    """Return the token of the word if something wanted begins like it, else ""."""
    if not is_common:
        return word.token if word.token in ways else ""
    lone = lone_token(word.folded)
    if (word.token not in ways and lone not in ways) or is_elided(word.folded, text, end):
        return ""
    token = lone if is_idle(word.folded, text, start, end, "") else word.token
    return token if token in ways else ""


def _end(text: str, start: int, end: int, ways: list[Way]) -> int:
    """Return where the longest of the ways ends that is followed here, 0 if none is."""
    ends = [0]
    for way in ways:
        if len(way) == 1:
            ends.append(end)
            continue
        near = text[start : start + LONGEST_PHRASE]
        there = list(islice(words(near, text[max(0, start - NEAR) : start]), len(way)))
        if tuple(word.token for word in there) == way:
            ends.append(start + there[-1].end)
    return max(ends)


@lru_cache(1_000)
def _beginning_like(wanted: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the beginnings of the words that may have one of the tokens.

    Such a word has the token's first letter, which stemming leaves, or one that is folded,
    or digits or points in it.
    """
    irregular = {form[0] for form, word in IRREGULAR.items() if stem(word) in wanted}
    letters = "".join(sorted({token.lstrip("0")[:1] for token in wanted} | irregular))
    number = rf"[\d{RAISED}{FRACTIONS}]"
    return re.compile(
        rf"[{letters}{letters.upper()}\d.\x80-\U0010ffff]"
        rf"(?:(?<=[^\W_])(?<![^\W_].)|(?<={number})(?<=[^\W\d_].)"
        r"|(?<=\.)(?<=[^\W\d_].)(?<![^\W_]..)(?=[^\W\d_]))",
        re.DOTALL,
    )


def _beginning(text: str, place: int) -> int:
    """Return where the word begins that a number or point inside it was found by."""
    if text[place] == ".":
        return place - 1
    while place and text[place - 1].isalnum():
        place -= 1
    return place
