"""How a word sounds to a French ear, and which words lie one slip of the thumb away.

Frightened people type as they speak: « anvi de mourire », « suisid », « jarive plu a respiré ».
"""

from __future__ import annotations

import re
from functools import lru_cache

# In this order; a capital stands for a sound that no single letter writes.
RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"[sc]h", "H"),
        (r"qu?|ck", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|ss", "s"),
        (r"c", "k"),
        (r"gu(?=[eiy])", "G"),
        (r"ge(?=[aou])|g(?=[eiy])", "j"),
        (r"gn", "N"),
        (r"w", "v"),
        (r"h", ""),
        (r"oeu|eu|oe", "E"),
        (r"ou", "U"),
        (r"oi|oy", "W"),
        (r"eau|au", "o"),
        (r"[ae]in(?![aeiouynmEUW])|[iy][nm](?![aeiouynmEUW])", "I"),
        (r"[ae][nm](?![aeiouynmEUW])", "A"),
        (r"o[nm](?![aeiouynmEUW])", "O"),
        (r"ai|ei|ay|ey", "e"),
        (r"y", "i"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    )
]
# « étouffer » sounds like « étouffé », « enfants » like « enfant »
MUTE_END = re.compile(r"(?<=..)(?:ee?s?|e[rz]|[tdxp]s?|s)$")


@lru_cache(20_000)
def sound_of(folded: str) -> str:
    """Return the sound of a folded word: "mourire", "mourrir" and "mourir" are one."""
    sound = folded
    for pattern, replacement in RULES:
        sound = pattern.sub(replacement, sound)
    return MUTE_END.sub("", sound) or folded


@lru_cache(20_000)
def shortened(word: str) -> frozenset[str]:
    """Return the word with each of its letters left out in turn, and the word itself.

    Two words one mistake apart (a letter added, left out, changed, or two swapped) share one.
    """
    return frozenset({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})


def is_one_slip_away(a: str, b: str) -> bool:
    """Tell whether one mistake turns one word into the other."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True  # the longer one has a letter more at its end
    if len(a) == len(b):
        swapped = a[start : start + 2] == b[start : start + 2][::-1]
        return a[start + 1 :] == b[start + 1 :] or (swapped and a[start + 2 :] == b[start + 2 :])
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return long[start + 1 :] == short[start:]
