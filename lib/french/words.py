"""The words of a text: what counts for a search, where it stands, and its token.

A number is one word however its thousands are grouped, an acronym with or without its points;
letters and digits that touch are words apart, so that "B12", "B 12" and "B-12" are the same two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lib.french.stems import stem
from lib.text import fold
from lib.writing.characters import INVISIBLE

WORD = re.compile(r"[^\W_]+")
# what is elided before a word is none: l’hôpital, qu'un, jusqu’à
ELIDED = frozenset(
    ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"]
)
APOSTROPHES = frozenset("'’ʼ‘´`′")
# Words too common to look for, folded, without those that mean something alone: "été", "sans".
STOP_WORDS = frozenset(
    """
    a ai as au aucun aucune aussi autre autres aux avec avez avoir avons car ce ceci cela celle
    celles celui ces cet cette ceux chez combien comme comment contre dans de des dit dois doit donc
    du elle elles en entre es est et etaient etait etant etre eux faire fait faut il ils je la le
    les leur leurs lui ma mais me meme memes mes moi mon ne ni nos notre nous on ont or ou par parce
    pas peut peuvent peux pour pourquoi pourrait quand que quel quelle quelles quels qui quoi sa se
    sera ses si son sont sur ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre
    vous y c d j l m n s t qu ca
    """.split()  # noqa: SIM905
)
# After these a single letter is part of the name: vitamine D, hépatite A.
NAMED_BY_LETTER = frozenset(
    """
    vitamine vitamines hepatite hepatites groupe groupes type types grippe streptocoque meningocoque
    omega plan
    """.split()  # noqa: SIM905
)
# These are words after an article: "des vers", "le son", "un car".
NOUNS_TOO = frozenset(["vers", "son", "car", "or"])
ARTICLES = frozenset(["un", "des", "les", "ces", "le", "du", "aux", "l"])
LONGEST_ARTICLE = 5  # with what stands on either side

LONGEST_TOKEN = 40
NEAR = 60  # characters in which the word before ends
SPACES = " \u00a0\u2009\u202f"
HYPHENS = "\\-\u2010\u2011"
RAISED = "²³¹⁰⁴-⁹₀-₉"  # and lowered digits
FRACTIONS = "¼-¾⅐-⅞↉"
# Only these stand in one word with a space, a point; "S.A.M.U." is marked without the last one.
READ = re.compile(
    rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])|[^\W_]+"
)
PART = re.compile(rf"\d+|[{RAISED}]+|[{FRACTIONS}]|[^\W\d_{RAISED}{FRACTIONS}]+")
JOINTS = re.compile(rf"[{SPACES}.]")
UNKNOWN_LETTER = re.compile(r"[^a-z0-9]")
NUMBER_AFTER = re.compile(rf"[{HYPHENS}]?[\d{RAISED}]")
NUMBER_FURTHER = re.compile(rf"[{SPACES}]\d")
NUMBER_BEFORE = re.compile(rf"\d[{SPACES}{HYPHENS}]?\Z")


class Word(NamedTuple):
    """A word that counts, where it stands in the text, its folded form and its token."""

    start: int
    end: int
    folded: str
    token: str


def words(text: str, before: str = "") -> Iterator[Word]:
    """Yield the words of a composed text that count for a search, in order.

    `before` is what precedes the text.
    """
    for match in READ.finditer(text):
        start = match.start()
        for word, is_common in read(match[0]):
            begin, end = start + word.start, start + word.end
            if not (is_common and is_idle(word.folded, text, begin, end, before)):
                yield Word(begin, end, word.folded, word.token)


def all_words(text: str) -> Iterator[Word]:
    """Yield the common words too."""
    for match in READ.finditer(text):
        for word, _is_common in read(match[0]):
            yield word._replace(start=match.start() + word.start, end=match.start() + word.end)


def common_words(text: str) -> Iterator[Word]:
    """Yield the words that do not count, under the tokens that only a lone one is asked by."""
    for match in READ.finditer(text):
        for word, is_common in read(match[0]):
            begin, end = match.start() + word.start, match.start() + word.end
            if is_common and word.folded and not is_elided(word.folded, text, end):
                yield Word(begin, end, word.folded, lone_token(word.folded))


def lone_token(folded: str) -> str:
    """Return a token that no other word has: theirs have no digit before a letter."""
    return f"0{folded}"


def tokens(text: str) -> list[str]:
    return [word.token for word in words(composed(text))]


def is_idle(folded: str, text: str, start: int, end: int, before: str) -> bool:
    """Tell whether the common word says nothing here: elided, or not the name of a vitamin."""
    if not folded or (folded in ELIDED and is_elided(folded, text, end)):
        return True
    if len(folded) == 1:
        return not _is_name(folded, text, start, end, before)
    if folded in NOUNS_TOO:
        return last_word(text[max(0, start - LONGEST_ARTICLE) : start]) not in ARTICLES
    return folded in STOP_WORDS


def is_elided(folded: str, text: str, end: int) -> bool:
    return (
        text[end : end + 1] in APOSTROPHES
        and folded in ELIDED
        and text[end + 1 : end + 2].isalnum()
    )


def _is_name(letter: str, text: str, start: int, end: int, before: str) -> bool:
    """Tell whether the letter is part of a name: vitamine D, B12, T 4, 3D; not "il y a 3 ans"."""
    if NUMBER_AFTER.match(text, end):
        return True
    near = text[max(0, start - NEAR) : start]
    if letter not in "ay":
        if NUMBER_BEFORE.search(near[-2:]):
            return True
        if text[start:end].isupper() and NUMBER_FURTHER.match(text, end):
            return True
    return (last_word(near) or last_word(before)) in NAMED_BY_LETTER


def last_word(text: str) -> str:
    found = WORD.findall(text)
    return folded_word(found[-1]) if found else ""


def composed(text: str) -> str:
    """Return the text as the other functions take it.

    Accents are one with their letters, and nothing is invisible.
    """
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def folded_word(word: str) -> str:
    """Return the word folded: "Œdème" -> "oedeme"; cut where a word of any language has ended."""
    return latin(fold(word))[:LONGEST_TOKEN]


def latin(text: str) -> str:
    """Return folded text with everything but a-z and 0-9 written as its number: "μ" -> "x3bc"."""
    return UNKNOWN_LETTER.sub(lambda match: f"x{ord(match[0]):x}", text)


@lru_cache(50_000)  # the forms of a whole dictionary
def read(written: str) -> tuple[tuple[Word, bool], ...]:
    """Return the words in what READ finds, placed in it, and whether they are common ones."""
    if JOINTS.search(written):
        return (_word(0, len(written), folded_word(JOINTS.sub("", written))),)
    return tuple(
        _word(*part.span(), folded)
        for part in PART.finditer(written)
        # ½ is 1/2
        for folded in (
            map(folded_word, WORD.findall(unicodedata.normalize("NFKC", part[0])))
            if part[0].isnumeric()
            else [folded_word(part[0])]
        )
    )


def _word(start: int, end: int, folded: str) -> tuple[Word, bool]:
    is_common = not folded or folded in ELIDED or folded in STOP_WORDS
    return Word(start, end, folded, stem(folded)), is_common
