"""The words of a text as they are compared with the phrases of cards: where which entry stands, and
which phrases stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from care.phrases import DATA, SHORTEST_GLUED, Phrase, Slot, Vocabulary, split_words, unglued
from lib.text import fold
from lib.word_files import lines_of

MOST_BETWEEN = 3  # words between two slots of a group
MOST_APART = 12  # words between the groups of a phrase
MOST_WORDS = 2_000  # of a text that are read

Places = dict[str, list[float]]  # entry -> where it stands, in order
Span = tuple[float, float]
SpansOf = Callable[[Places, tuple[Slot, ...]], Iterator[Span]]


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


def read(text: str, vocabulary: Vocabulary) -> Reading:
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


def has_any(places: Places, phrases: Phrases) -> bool:
    """Tell whether one of the phrases stands there, its words in any order."""
    return any(_spans(places, phrase, _in_any_order) for phrase in phrases.near(places))


def has_in_order(places: Places, phrases: Phrases) -> bool:
    return any(_spans(places, phrase, _in_order) for phrase in phrases.near(places))


def without(reading: Reading, places: Places, phrases: Phrases) -> Places:
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


@lru_cache(8)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a file of data/, folded."""
    return frozenset(fold(" ".join(lines_of(DATA / name))).split())


def small_words() -> frozenset[str]:
    return words_of("small_words.txt")
