"""Which cards a text calls up: what people type when they, or somebody near, are in danger.

A card has four lists of phrases. `explicit_words` call it up whatever stands beside them, unless a
neutral word does and nobody speaks of a person. `subject_words` do too, unless calm words stand in
the text (« prévention du suicide »): then the card is shown at its calm level, or not at all if it
has none. A card without explicit words is always shown so. `harmless_words` are read first, and
what they cover counts no more (« mourir de rire »).

In a query the likeness of the whole to danger (`care/likeness.py`) speaks too: it outweighs subject
words, and explicit ones that are only heard, where it is low, and calls a card up alone where it is
high. Explicit words that are written out it never outweighs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from care import likeness
from care.models import CareCard
from care.phrases import (
    DATA,
    Vocabulary,
    iter_entries,
    read_lines,
    shared_families,
    split_words,
)
from care.reading import (
    Phrases,
    Reading,
    has_any,
    has_in_order,
    read,
    small_words,
    without,
    words_of,
)
from lib.word_files import lines_of

MOST_CARDS = 2
# Log odds of danger (`care/likeness.py`): what is enough by itself, and for one word alone, which
# says less.
LIKE_DANGER, WORD_LIKE_DANGER = 2.0, 3.0


@dataclass(frozen=True)
class Called:
    """A card that a text calls up. is_calm: only its calm level is meant."""

    card: CareCard
    is_calm: bool


class Answer(IntEnum):
    """How a card answers a text, the gravest last."""

    NOT = 0
    CALM = 1
    SUBJECT = 2
    HEARD = 3  # explicit words, by their sound or with a slip
    EXPLICIT = 4


# what words add to the likeness of the whole: where the sum is below 0 they frighten nobody
WORTH = {Answer.SUBJECT: 2.0, Answer.HEARD: 3.0}


@dataclass(frozen=True)
class Wording:
    """The compiled words of one card."""

    explicit: Phrases
    subject: Phrases
    calm: Phrases
    harmless: Phrases


def called_up(text: str, cards: Iterable[CareCard], *, is_query: bool = False) -> list[Called]:
    """Return at most two cards that the text calls up, those for danger first, else in the order
    in which they are given. No query.

    `is_query`: the text was typed into a search, and is finished.
    """
    cards = list(cards)
    written = tuple(card.written_words for card in cards)
    wordings, vocabulary = _compiled(written)
    reading = read(text, vocabulary)
    is_calm = has_any(reading.exact, neutral_words())
    persons = words_of("person_words.txt")
    is_impersonal = persons.isdisjoint(reading.words)
    score = likeness.learnt().score(text) if is_query else 0.0
    found = []
    for card, wording in zip(cards, wordings, strict=True):
        answer = _answer(wording, reading, is_calm=is_calm, is_impersonal=is_impersonal)
        if answer in WORTH and is_query and score + WORTH[answer] < 0:
            answer = Answer.CALM if answer is Answer.SUBJECT else Answer.NOT
        if answer > Answer.CALM or (answer and card.calm_steps):
            found.append(Called(card, is_calm=answer is Answer.CALM or not card.is_urgent))
    has_danger = any(not called.is_calm for called in found)
    telling = set(reading.words) - persons  # « mon » and « ma » begin many such phrases
    enough = LIKE_DANGER if len(reading.words) > 1 else WORD_LIKE_DANGER
    may_be_alike = is_query and telling and not (is_calm and is_impersonal)
    if may_be_alike and not has_danger and score > enough:
        found += _alike(text, list(zip(cards, wordings, strict=True)), reading)
    return sorted(found, key=lambda called: called.is_calm)[:MOST_CARDS]


def says_any(text: str, words: str) -> bool:
    """Tell whether a text has one of the words, written as those of a card: « @alcool/dose »."""
    entries = frozenset(iter_entries(read_lines(words, shared_families())))
    return not entries.isdisjoint(split_words(text))


def _alike(text: str, cards: list[tuple[CareCard, Wording]], reading: Reading) -> list[Called]:
    """Return the card that people wanted whose words were most like these, if they were in danger;
    nothing if that card knows the words as harmless."""
    slug = likeness.likeliest_card(text)
    urgent = [pair for pair in cards if pair[0].is_urgent]
    likeliest = [pair for pair in urgent if pair[0].slug == slug] or urgent[:1]
    return [
        Called(card, is_calm=False)
        for card, wording in likeliest
        if not has_in_order(reading.strict, wording.harmless)
    ]


def _answer(wording: Wording, reading: Reading, *, is_calm: bool, is_impersonal: bool) -> Answer:
    left = without(reading, reading.forgiving, wording.harmless)
    if has_any(left, wording.explicit):
        if is_calm and is_impersonal:
            return Answer.CALM
        exact = without(reading, reading.exact, wording.harmless)
        return Answer.EXPLICIT if has_any(exact, wording.explicit) else Answer.HEARD
    if not has_any(left, wording.subject):
        return Answer.NOT
    if is_calm or not wording.explicit.all or has_any(reading.exact, wording.calm):
        return Answer.CALM
    return Answer.SUBJECT


@lru_cache(4)
def _compiled(
    written: tuple[tuple[str, str, str, str], ...],
) -> tuple[list[Wording], Vocabulary]:
    wordings = [
        Wording(*(Phrases(read_lines(text, shared_families())) for text in texts))
        for texts in written
    ]
    phrases = [
        phrase
        for wording in wordings
        for given in (wording.explicit, wording.subject, wording.calm, wording.harmless)
        for phrase in given.all
    ]
    entries = frozenset(iter_entries([*phrases, *neutral_words().all]))
    return wordings, Vocabulary(entries, words_of("words_of_their_own.txt") | small_words())


@lru_cache(1)
def neutral_words() -> Phrases:
    """Return the words that make any subject calm: law, figures, films, work."""
    return Phrases(read_lines("\n".join(lines_of(DATA / "neutral_words.txt")), shared_families()))
