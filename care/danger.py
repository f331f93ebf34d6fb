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

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from care import likeness
from care.models import CareCard
from care.phrases import (
    DATA,
    SHORTEST_GLUED,
    Phrase,
    Slot,
    Vocabulary,
    iter_entries,
    read_lines,
    shared_families,
    split_words,
    unglued,
)
from lib.text import fold
from lib.word_files import lines_of

MOST_BETWEEN = 3  # words between two slots of a group
MOST_APART = 12  # words between the groups of a phrase
MOST_WORDS = 2_000  # of a text that are read
MOST_CARDS = 2
# Log odds of danger (`care/likeness.py`): what is enough by itself, and for one word alone, which
# says less.
LIKE_DANGER, WORD_LIKE_DANGER = 2.0, 3.0

Places = dict[str, list[float]]  # entry -> where it stands, in order
Span = tuple[float, float]
SpansOf = Callable[[Places, tuple[Slot, ...]], Iterator[Span]]


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


class Phrases:
    """Phrases, and which of them a text may have: those of which it has the slot that the fewest
    entries fill."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.all = tuple(phrases)
        self._by_entry: dict[str, list[int]] = {}
        for place, phrase in enumerate(self.all):
            slots = (slot.entries for group in phrase for slot in group if not slot.is_barred)
            for entry in min(slots, key=len):
                self._by_entry.setdefault(entry, []).append(place)

    def near(self, places: Places) -> Iterator[Phrase]:
        found = {place for entry in places for place in self._by_entry.get(entry, ())}
        return (self.all[place] for place in sorted(found))


@dataclass(frozen=True)
class Wording:
    """The compiled words of one card."""

    explicit: Phrases
    subject: Phrases
    calm: Phrases
    harmless: Phrases


@dataclass(frozen=True)
class Reading:
    """The words of a text, and where the entries stand in it.

    exact: as written; strict: also what a word may be that is none; forgiving: also what else
    sounds like it. What calms must be written exactly, what is harmless strictly; danger is
    forgiven everything.
    """

    words: list[str]
    exact: Places
    strict: Places
    forgiving: Places


def called_up(text: str, cards: Iterable[CareCard], *, is_query: bool = False) -> list[Called]:
    """Return at most two cards that the text calls up, those for danger first, else in the order
    in which they are given. No query.

    `is_query`: the text was typed into a search, and is finished.
    """
    cards = list(cards)
    written = tuple(card.written_words for card in cards)
    wordings, vocabulary = _compiled(written)
    reading = _read(text, vocabulary)
    is_calm = _has_any(reading.exact, neutral_words())
    persons = _words_of("person_words.txt")
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
        if not _is_harmless(reading, wording)
    ]


def _is_harmless(reading: Reading, wording: Wording) -> bool:
    near = wording.harmless.near(reading.strict)
    return any(_spans(reading.strict, phrase, _in_order) for phrase in near)


def _answer(wording: Wording, reading: Reading, *, is_calm: bool, is_impersonal: bool) -> Answer:
    left = _without(reading, reading.forgiving, wording.harmless)
    if _has_any(left, wording.explicit):
        if is_calm and is_impersonal:
            return Answer.CALM
        exact = _without(reading, reading.exact, wording.harmless)
        return Answer.EXPLICIT if _has_any(exact, wording.explicit) else Answer.HEARD
    if not _has_any(left, wording.subject):
        return Answer.NOT
    if is_calm or not wording.explicit.all or _has_any(reading.exact, wording.calm):
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
    return wordings, Vocabulary(entries, _words_of("words_of_their_own.txt") | small_words())


@lru_cache(1)
def neutral_words() -> Phrases:
    """Return the words that make any subject calm: law, figures, films, work."""
    return Phrases(read_lines("\n".join(lines_of(DATA / "neutral_words.txt")), shared_families()))


@lru_cache(8)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(fold(" ".join(lines_of(DATA / name))).split())


def small_words() -> frozenset[str]:
    return _words_of("small_words.txt")


def _read(text: str, vocabulary: Vocabulary) -> Reading:
    """Read a text as typed, with a space too many, or glued."""
    words = split_words(text)[:MOST_WORDS]
    reading = Reading(words, {}, {}, {})
    for place, word in enumerate(words):
        found = vocabulary.read(word) | _parted(words[max(0, place - 2) : place + 1], vocabulary)
        _put(reading.exact, vocabulary.exactly(word), place)
        _put(reading.strict, found, place)
        _put(reading.forgiving, found | vocabulary.heard(word), place)
        if not found and len(word) >= SHORTEST_GLUED:
            for n, piece in enumerate(unglued(word, vocabulary, small_words())):
                for places in (reading.strict, reading.forgiving):
                    _put(places, vocabulary.read(piece), place + n / 10)
    return reading


def _put(places: Places, entries: Iterable[str], place: float) -> None:
    for entry in entries:
        places.setdefault(entry, []).append(place)


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


def _has_any(places: Places, phrases: Phrases) -> bool:
    return any(_spans(places, phrase, _in_any_order) for phrase in phrases.near(places))


def _without(reading: Reading, places: Places, phrases: Phrases) -> Places:
    """Return where the entries stand outside of what the harmless phrases cover."""
    near = phrases.near(reading.strict)
    covered = [span for phrase in near for span in _spans(reading.strict, phrase, _in_order)]
    if not covered:
        return places
    return {
        entry: left
        for entry, at in places.items()
        if (left := [n for n in at if not any(low <= n <= high for low, high in covered)])
    }


def _spans(places: Places, phrase: Phrase, spans_of: SpansOf) -> list[Span]:
    """Return where the phrase stands: all places of its first group that have the others near,
    and one of each other group."""
    for group in phrase:  # most phrases end here
        for slot in group:
            if not slot.is_barred and slot.entries.isdisjoint(places):
                return []
    first, *others = phrase
    spans: list[Span] = []
    for span in spans_of(places, first):
        near = [
            next((other for other in spans_of(places, group) if _are_near(span, other)), None)
            for group in others
        ]
        if None not in near:
            spans += [span, *(other for other in near if other)]
    return spans


def _are_near(a: Span, b: Span) -> bool:
    apart = max(a[0], b[0]) - min(a[1], b[1])
    return 0 < apart <= MOST_APART


def _in_any_order(places: Places, group: tuple[Slot, ...]) -> Iterator[Span]:
    """Yield where the slots of a group stand near each other, in any order, a word for each."""
    wanted = [_places_of(places, slot) for slot in group if not slot.is_barred]
    reach = (MOST_BETWEEN + 1) * (len(wanted) - 1)
    for start in wanted[0]:
        taken = [start]
        for others in wanted[1:]:
            near = (n for n in others if n not in taken and abs(n - start) <= reach)
            found = min(near, key=lambda n: abs(n - taken[-1]), default=None)
            if found is None:
                break
            taken.append(found)
        is_near = len(taken) == len(wanted) and max(taken) - min(taken) <= reach
        if is_near and not _is_barred(places, group, max(taken)):
            yield min(taken), max(taken)


def _is_barred(places: Places, group: tuple[Slot, ...], end: float) -> bool:
    barred = (slot for slot in group if slot.is_barred)
    return any(
        end < n <= end + 1 + MOST_BETWEEN for slot in barred for n in _places_of(places, slot)
    )


def _in_order(places: Places, group: tuple[Slot, ...]) -> Iterator[Span]:
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
