"""Spellings one mistake away, for « vouliez-vous dire »."""

from __future__ import annotations

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
