"""Which cards a text calls up: what people type when they, or somebody near, are in danger.

A card has four lists of phrases. `explicit_words` call it up whatever stands beside them;
`subject_words` too, unless calm words stand in the text (« prévention du suicide »): then the card
is shown at its calm level, or not at all if it has none; `harmless_words` are read first, and what
they cover counts no more (« mourir de rire »).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from care.models import CareCard
from care.phrases import (
    SHORTEST_GLUED,
    Phrase,
    Slot,
    Vocabulary,
    data_lines,
    iter_entries,
    read_lines,
    shared_families,
    split_words,
    unglued,
)

MOST_BETWEEN = 3  # words between two slots of a group
MOST_APART = 12  # words between the groups of a phrase
MOST_WORDS = 2_000  # of a text that are read
MOST_CARDS = 2

Places = dict[str, list[float]]  # entry -> where it stands, in order
Span = tuple[float, float]


@dataclass(frozen=True)
class Called:
    """A card that a text calls up. is_calm: only its calm level is meant."""

    card: CareCard
    is_calm: bool


@dataclass(frozen=True)
class Wording:
    """The compiled words of one card."""

    explicit: tuple[Phrase, ...]
    subject: tuple[Phrase, ...]
    calm: tuple[Phrase, ...]
    harmless: tuple[Phrase, ...]


def called_up(text: str, cards: Iterable[CareCard]) -> list[Called]:
    """Return at most two cards that the text calls up, those for danger first, else in the order
    in which they are given. No query."""
    cards = list(cards)
    written = tuple(card.written_words for card in cards)
    wordings, vocabulary = _compiled(written)
    places = _read(text, vocabulary)
    if not places:
        return []
    is_calm = _has_any(places, neutral_words())
    found = []
    for card, wording in zip(cards, wordings, strict=True):
        answer = _answer(wording, places, is_calm=is_calm)
        if answer is not None and (card.calm_steps or not answer):
            found.append(Called(card, is_calm=answer or not card.is_urgent))
    return sorted(found, key=lambda called: called.is_calm)[:MOST_CARDS]


def _answer(wording: Wording, places: Places, *, is_calm: bool) -> bool | None:
    """Return whether the card is called up calmly, None if it is not called up."""
    left = _without(places, wording.harmless)
    if _has_any(left, wording.explicit):
        return False
    if not _has_any(left, wording.subject):
        return None
    return is_calm or _has_any(left, wording.calm)


@lru_cache(4)
def _compiled(
    written: tuple[tuple[str, str, str, str], ...],
) -> tuple[list[Wording], Vocabulary]:
    wordings = [
        Wording(*(tuple(read_lines(text, shared_families())) for text in texts))
        for texts in written
    ]
    phrases = [
        phrase
        for wording in wordings
        for phrase in (*wording.explicit, *wording.subject, *wording.calm, *wording.harmless)
    ]
    entries = frozenset(iter_entries([*phrases, *neutral_words()]))
    return wordings, Vocabulary(entries, _own_words() | small_words())


@lru_cache(1)
def neutral_words() -> tuple[Phrase, ...]:
    """Return the words that make any subject calm: law, figures, films, work."""
    return tuple(read_lines("\n".join(data_lines("neutral_words.txt")), shared_families()))


@lru_cache(1)
def _own_words() -> frozenset[str]:
    return frozenset(split_words(" ".join(data_lines("words_of_their_own.txt"))))


@lru_cache(1)
def small_words() -> frozenset[str]:
    return frozenset(split_words(" ".join(data_lines("small_words.txt"))))


def _read(text: str, vocabulary: Vocabulary) -> Places:
    """Return where the entries stand in a text: as typed, parted by a space too many, or glued."""
    words = split_words(text)[:MOST_WORDS]
    places: Places = {}
    for place, word in enumerate(words):
        found = vocabulary.read(word) | _parted(words[max(0, place - 2) : place + 1], vocabulary)
        for entry in found:
            places.setdefault(entry, []).append(place)
        if not found and len(word) >= SHORTEST_GLUED:
            pieces = unglued(word, vocabulary, small_words())
            for n, piece in enumerate(pieces):
                for entry in vocabulary.read(piece):
                    places.setdefault(entry, []).append(place + n / 10)
    return places


def _parted(words: list[str], vocabulary: Vocabulary) -> set[str]:
    """Return the entries that the last two or all three words are when written as one."""
    found: set[str] = set()
    for size in range(2, len(words) + 1):
        if not all(word.isalpha() for word in words[-size:]):
            break
        whole = "".join(words[-size:])
        if len(whole) >= SHORTEST_GLUED:
            found |= {whole} & vocabulary.words or vocabulary.heard(whole) & vocabulary.words
    return found


def _has_any(places: Places, phrases: Iterable[Phrase]) -> bool:
    return any(_spans(places, phrase) for phrase in phrases)


def _without(places: Places, phrases: Iterable[Phrase]) -> Places:
    covered = [span for phrase in phrases for span in _spans(places, phrase)]
    if not covered:
        return places
    return {
        entry: left
        for entry, at in places.items()
        if (left := [n for n in at if not any(low <= n <= high for low, high in covered)])
    }


def _spans(places: Places, phrase: Phrase) -> list[Span]:
    """Return where the phrase stands: all places of its first group that have the others near,
    and one of each other group."""
    wanted = (slot for group in phrase for slot in group if not slot.is_barred)
    if any(slot.entries.isdisjoint(places) for slot in wanted):
        return []
    first, *others = phrase
    spans: list[Span] = []
    for span in _spans_of(places, first):
        near = [
            next((other for other in _spans_of(places, group) if _are_near(span, other)), None)
            for group in others
        ]
        if None not in near:
            spans += [span, *(other for other in near if other)]
    return spans


def _are_near(a: Span, b: Span) -> bool:
    return max(a[0], b[0]) - min(a[1], b[1]) <= MOST_APART


def _spans_of(places: Places, group: tuple[Slot, ...]) -> Iterator[Span]:
    first, *others = group
    for start in _places_of(places, first):
        if (end := _end(places, start, others)) is not None:
            yield start, end


def _end(places: Places, at: float, slots: list[Slot]) -> float | None:
    """Return where the last of the slots stands that follow a place; None if they do not."""
    for slot in slots:
        limit = at + 1 + MOST_BETWEEN
        found = next((n for n in _places_of(places, slot) if at < n <= limit), None)
        if slot.is_barred and found is not None:
            return None
        if not slot.is_barred:
            if found is None:
                return None
            at = found
    return at


def _places_of(places: Places, slot: Slot) -> list[float]:
    return sorted(place for entry in slot.entries for place in places.get(entry, ()))
