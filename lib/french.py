"""French words as the search compares them: pure functions.

A token is the stem of a word without case, accents and ligatures, in the letters a-z and digits
only, so that no database has an opinion about it, and SQLite and PostgreSQL get the same ones:
"l’Œdème" and "oedemes" give `oedem`, "vacciner" and "vaccination" give `vaccin`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import escape
from itertools import islice
from typing import NamedTuple

import snowballstemmer
from django.utils.safestring import SafeString, mark_safe

from lib.text import fold
from lib.writing.characters import INVISIBLE

WORD = re.compile(r"[^\W_]+")
# what is elided before a word is none: l’hôpital, qu'un, jusqu’à
ELIDED = frozenset(
    ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"]
)
APOSTROPHES = frozenset("'’ʼ‘´`′")
LONGEST_TOKEN = 40
NEAR = 60  # characters in which the word before ends
# an extract is chosen among the first ones: a long text costs no more than a short one
MOST_PLACES = 8
UNKNOWN_LETTER = re.compile(r"[^a-z0-9]")

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
IRREGULAR = {
    "yeux": "oeil",
    "hopitaux": "hopital",
    "hosto": "hopital",
    "medoc": "medicament",
    "medocs": "medicament",
}

# Ends of verbs that are no ends of nouns: the stemmer leaves "-ent" to "patient" and "accident".
THEY_DO = re.compile(r"(?<=gn|ch|ss|nn|vr|tr|bl|pl|is|us|as|it|ut|at|ir|or)ent$|(?<=ffr|ill)ent$")

_stemmer = snowballstemmer.stemmer("french")


class Word(NamedTuple):
    """A word that counts, where it stands in the text, its folded form and its token."""

    start: int
    end: int
    folded: str
    token: str


def words(text: str, before: str = "", wanted: Collection[str] | None = None) -> Iterator[Word]:
    """Yield the words of a composed text that count for a search, in order.

    Only those whose token is wanted, when some are. `before` is what precedes the text.
    """
    word = WORD if wanted is None else _beginning_like(frozenset(wanted))
    for match in word.finditer(text):
        folded, token, is_common = _read(match[0])
        if wanted is not None and token not in wanted:
            continue
        if not (is_common and _is_idle(folded, text, *match.span(), before)):
            yield Word(*match.span(), folded, token)


def _is_idle(folded: str, text: str, start: int, end: int, before: str) -> bool:
    """Tell whether the common word says nothing here: elided, or not the name of a vitamin."""
    after, next_letter = text[end : end + 1], text[end + 1 : end + 2]
    if folded in ELIDED and after in APOSTROPHES and next_letter.isalnum():
        return True
    if folded in STOP_WORDS and len(folded) == 1:
        named = last_word(text[max(0, start - NEAR) : start]) or last_word(before)
        return named not in NAMED_BY_LETTER
    return not folded or folded in STOP_WORDS


@lru_cache(1_000)
def _beginning_like(wanted: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the words that may have one of the tokens.

    Such a word has the token's first letter, which stemming leaves, or one that is folded.
    """
    irregular = {word[0] for word in IRREGULAR if stem(word) in wanted}
    letters = "".join(sorted({token[0] for token in wanted if token} | irregular))
    return re.compile(
        rf"[{letters}{letters.upper()}\x80-\U0010ffff](?<=[^\W_])(?<![^\W_].)[^\W_]*", re.DOTALL
    )


def last_word(text: str) -> str:
    found = WORD.findall(text)
    return folded_word(found[-1]) if found else ""


def tokens(text: str) -> list[str]:
    return [word.token for word in words(composed(text))]


def composed(text: str) -> str:
    """Return the text as the other functions take it.

    Accents are one with their letters, and nothing is invisible.
    """
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def folded_word(word: str) -> str:
    """Return the word folded: "Œdème" -> "oedeme"; cut where a word of any language has ended."""
    return latin(fold(word))[:LONGEST_TOKEN]


@lru_cache(50_000)  # the forms of a whole dictionary
def _read(word: str) -> tuple[str, str, bool]:
    """Return the word folded, its token, and whether it is one of the common ones."""
    folded = folded_word(word)
    return folded, stem(folded), not folded or folded in ELIDED or folded in STOP_WORDS


def latin(text: str) -> str:
    """Return folded text with everything but a-z and 0-9 written as its number: "μ" -> "x3bc"."""
    return UNKNOWN_LETTER.sub(lambda match: f"x{ord(match[0]):x}", text)


def stem(folded: str) -> str:
    """Return what the forms of a word have in common.

    For words without accents, since readers leave them out.
    """
    word = IRREGULAR.get(folded, folded)
    if len(word) > 5:
        # vaccinée, opérées: the stemmer knows the ending by its accent only
        word = re.sub(r"ees?$", "e", word)
        word = re.sub(r"ieres?$", "ier", word)  # infirmière, as infirmier
        word = THEY_DO.sub("e", word)  # ils soignent, as soigne
    root: str = _stemmer.stemWord(word)
    is_of_a_trade = len(root) > 7 and root.endswith("ien")  # pharmacien, as pharmacie
    return root[:-3] if is_of_a_trade else root


def marked(text: str, wanted: Collection[str]) -> SafeString:
    """Return a plain text as HTML with the words whose token is wanted in <mark>."""
    text, parts, last = composed(text), [], 0
    for word in words(text, wanted=wanted):
        before, found = text[last : word.start], text[word.start : word.end]
        parts += [escape(before), "<mark>", escape(found), "</mark>"]
        last = word.end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308  (parts are escaped)


def extract(text: str, wanted: Collection[str], limit: int = 220) -> str:
    """Return at most about `limit` characters of a plain text.

    They stand around the first place where most of the wanted words meet; "" if none is there.
    """
    text = " ".join(composed(text).split())
    found = list(islice(words(text, wanted=wanted), MOST_PLACES))
    if not found:
        return ""
    best = max(
        range(len(found)),
        key=lambda i: (
            len({word.token for word in found[i:] if word.end - found[i].start <= limit - 40}),
            -i,
        ),
    )
    start = _start(text, found[best].start)
    end = min(len(text), start + limit)
    if end < len(text):
        end = max(text.rfind(" ", found[best].end, end), found[best].end)
    cut = text[start:end].rstrip(" ,;:.–—-") if end < len(text) else text[start:end]
    return f"{'… ' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _start(text: str, word: int) -> int:
    """Return the beginning of the sentence if it is near, else that of a word some way before."""
    near = max(0, word - 80)
    if near == 0:
        return 0
    sentence = max(text.rfind(mark, near, word) for mark in (". ", "! ", "? ", "… "))
    return sentence + 2 if sentence >= 0 else text.rfind(" ", 0, near + 40) + 1


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_letter_away(word: str) -> set[str]:
    """Return every spelling that one mistake turns into `word`.

    A mistake is a letter missing, added, changed, or swapped with its neighbour.
    """
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        | {a + letter + b[1:] for a, b in cuts if b for letter in LETTERS}
        | {a + letter + b for a, b in cuts for letter in LETTERS}
    ) - {word}
