"""The words of a card, one phrase a line, as editors write them and as a text is read for them.

    envie/veux mourir/crever     these words in this order, at most three others between two;
                                 a slash parts words that are worth the same
    bébé + 38-43                 both within twelve words, in any order; a number from 38 to 43
    suicid*                      any word that begins so
    finir !avec                  the first, unless the second stands within the next three words
    @bébé fièvre                 a family of words, defined by a line « @bébé = bébé/nourrisson »

Case and accents do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from care.sounds import is_one_slip_away, shortened, sound_of
from lib.text import fold
from lib.word_files import lines_of

DATA = Path(__file__).resolve().parent / "data"
WORD = re.compile(r"\d+(?:[.,°]\d+)?|[^\W\d_]+")
RANGE = re.compile(r"(\d+)-(\d+)")
SHORTEST_HEARD = 4  # letters of a word that may be known by its sound
SHORTEST_MENDED = 6  # letters of a word in which one slip is forgiven
SHORTEST_BEGINNING = 5  # letters of a beginning that may be known by its sound
SHORTEST_GLUED = 6
MOST_GLUED = 5  # words written as one
LONGEST_WORD = 40
ELIDED = frozenset("c d j l m n s t qu g".split())  # noqa: SIM905


class Slot(NamedTuple):
    """Entries that are worth the same; `is_barred`: none of them may follow."""

    entries: frozenset[str]
    is_barred: bool = False


Phrase = tuple[tuple[Slot, ...], ...]  # groups of slots
Families = dict[str, str]


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text, folded, those of messages written out: "38°5 o
    toraks, jveu 1 médoc" -> 38.5, o, toraks, veux, 1, medicament."""
    spoken = _spoken_words()
    words = (word.replace("°", ".").replace(",", ".") for word in WORD.findall(fold(text)))
    return [spoken.get(word, word)[:LONGEST_WORD] for word in words]


def read_lines(text: str, families: Families) -> list[Phrase]:
    """Return the phrases of a text of lines. Raises ValueError with a line that says nothing."""
    own = {**families}
    phrases = []
    for line in filter(None, map(str.strip, fold(text).splitlines())):
        name, is_family, words = line.partition("=")
        if is_family:
            own[name.strip().removeprefix("@")] = words.replace(" ", "")
        else:
            phrases.append(_read_line(line, own))
    return phrases


def _read_line(line: str, families: Families) -> Phrase:
    groups = tuple(
        tuple(_slot(piece, families) for piece in group.split()) for group in line.split("+")
    )
    if not all(group and group[0].entries and not group[0].is_barred for group in groups):
        raise ValueError(line)
    return groups


def _slot(piece: str, families: Families) -> Slot:
    return Slot(frozenset(_entries(piece.removeprefix("!"), families)), piece.startswith("!"))


def _entries(words: str, families: Families) -> Iterator[str]:
    for word in filter(None, words.split("/")):
        if not word.startswith("@"):
            yield word
        elif word[1:] in families:
            yield from _entries(families[word[1:]], families)
        else:
            raise ValueError(word)


@dataclass(frozen=True)
class Vocabulary:
    """The entries of all phrases, and which of them a word may stand for.

    words_of_their_own: words that only look like one of the entries; they stand for themselves.
    """

    entries: frozenset[str]
    words_of_their_own: frozenset[str]

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        found = {entry: RANGE.fullmatch(entry) for entry in self.entries}
        return {entry: (int(match[1]), int(match[2])) for entry, match in found.items() if match}

    @cached_property
    def beginnings(self) -> dict[str, str]:
        """Return entry -> how words begin that it stands for."""
        return {entry: entry[:-1] for entry in self.entries if entry.endswith("*")}

    @cached_property
    def words(self) -> frozenset[str]:
        return self.entries - self.ranges.keys() - self.beginnings.keys()

    @cached_property
    def _by_sound(self) -> dict[str, set[str]]:
        heard = (word for word in self.words if len(word) >= SHORTEST_HEARD)
        return _grouped((sound_of(word), word) for word in heard)

    @cached_property
    def _by_slip(self) -> dict[str, set[str]]:
        long = [word for word in self.words if len(word) >= SHORTEST_MENDED]
        return _grouped(
            (short, word)
            for word in long
            for form in {word, sound_of(word)}
            for short in shortened(form)
        )

    def exactly(self, word: str) -> set[str]:
        """Return the entries that stand for the word as it is written."""
        if word[0].isdigit():
            return {word} & self.words | {
                entry for entry, (low, high) in self.ranges.items() if low <= float(word) <= high
            }
        found = {entry for entry, start in self.beginnings.items() if word.startswith(start)}
        return found | {word} & self.words

    def read(self, word: str) -> set[str]:
        """Return the entries that a typed word may stand for: as written, else as it sounds, else
        one slip away."""
        found = self.exactly(word)
        if found or word in self.words_of_their_own or len(word) < SHORTEST_HEARD:
            return found
        return self.heard(word) or self._mended(word)

    def heard(self, word: str) -> set[str]:
        """Return the entries that sound like the word; none for a word of its own."""
        if len(word) < SHORTEST_HEARD or word in self.words_of_their_own:
            return set()
        sound = sound_of(word)
        return self._by_sound.get(sound, set()) | {
            entry
            for entry, start in self.beginnings.items()
            if len(start) >= SHORTEST_BEGINNING and sound.startswith(_sounds_of_beginning(start))
        }

    def _mended(self, word: str) -> set[str]:
        if len(word) < SHORTEST_MENDED:
            return set()
        sound = sound_of(word)
        near = {
            entry
            for form in {word, sound}
            for short in shortened(form)
            for entry in self._by_slip.get(short, ())
        }
        return {
            entry
            for entry in near
            if is_one_slip_away(word, entry)
            or (len(sound) >= SHORTEST_MENDED and is_one_slip_away(sound, sound_of(entry)))
        }


@lru_cache(2_000)
def _sounds_of_beginning(start: str) -> tuple[str, str]:
    """Return how it sounds before an a and before an i, which soften its last letter or not."""
    return sound_of(start + "a")[:-1], sound_of(start + "i")[:-1]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    grouped: dict[str, set[str]] = {}
    for key, value in pairs:
        grouped.setdefault(key, set()).add(value)
    return grouped


def unglued(word: str, vocabulary: Vocabulary, small_words: frozenset[str]) -> list[str]:
    """Return the words that somebody wrote as one, at most five; nothing if it does not part so.

    "jeveuxmourir" -> je, veux, mourir
    """
    if word in vocabulary.words_of_their_own:
        return []
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            before, piece = best[start], word[start:end]
            if before is None or len(before) == MOST_GLUED:
                continue
            is_known = (
                piece in small_words
                or piece in ELIDED
                or (len(piece) >= SHORTEST_HEARD and piece in vocabulary.words)
            )
            known = best[end]
            if is_known and (known is None or len(before) + 1 < len(known)):
                best[end] = [*before, piece]
    return [_spoken_words().get(piece, piece) for piece in best[-1] or []]


def iter_entries(phrases: Iterable[Phrase]) -> Iterator[str]:
    for phrase in phrases:
        for group in phrase:
            for slot in group:
                yield from slot.entries


@lru_cache(1)
def shared_families() -> Families:
    """Return the families of words that any card may name: name -> words between slashes."""
    pairs = (fold(line).partition("=") for line in lines_of(DATA / "families.txt"))
    return {name.strip().removeprefix("@"): words.replace(" ", "") for name, _sign, words in pairs}


@lru_cache(1)
def _spoken_words() -> dict[str, str]:
    pairs = (fold(line).partition("=") for line in lines_of(DATA / "spoken.txt"))
    return {typed.strip(): word.strip() for typed, _sign, word in pairs}
