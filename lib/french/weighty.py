"""The words of a text that somebody may act on: numbers, units, negations, medicines.

Whoever changes one of them changes what the text says, however few letters it takes. What is
doubtful counts: the lists are wide, and a word between them is taken for the heavier one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from lib.text import fold

Kind = Literal["number", "unit", "negation", "medicine"]

NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*"
SIGNS = "%‰°<>≤≥±=×÷/+−¼-¾⅐-⅞²³¹⁰⁴-⁹₀-₉∞~^"
TOKEN = re.compile(rf"{NUMBER}|[{SIGNS}]|[-–](?=\d)|[^\W\d_]+")
BLANKS = str.maketrans("", "", " \u00a0\u2009\u202f")

ORDINAL = re.compile(
    r"(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|di[xz]|onz|vingt|cent|\w+ant)\w*iemes?"
)
SAME_NUMBER = {"une": "un", "demie": "demi", "premiere": "premier", "seconde": "second"}
SHORT_UNITS = frozenset(["g", "l", "m", "s", "h", "j", "a", "u", "v", "w", "k", "c", "f", "n"])
# Ends of the common names that the WHO gives to whole families of medicines.
FAMILIES = re.compile(
    r"\w{2,}(?:cilline|mycine|micine|cycline|floxacine|prazole|conazole|nidazole|bendazole|sartan"
    r"|pril|prilat|olol|alol|dipine|statine|fibrate|azepam|azolam|triptan|triptyline|pramine|oxetine"
    r"|traline|prazine|peridol|azapine|azocine|vir|mab|nib|ciclib|tidine|profene|coxib|gliptine"
    r"|gliflozine|glutide|glitazone|formine|parine|xaban|gatran|grel|caine|barbital|codone|morphone"
    r"|morphine|setron|terol|asone|onide|olone|thiazide|semide|lactone|dronate|dronique|oxacine"
    r"|platine|rubicine|taxel|tecan|citabine|trexate|poetine|tropine|stim|feron|kinra|cept|lukast"
    r"|zosine|lutamide|rozole|relix|reline|gestrel|gestone|oestrone|estradiol|thyroxine|dopa|giline"
    r"|racetam|zepine|vaptan|curonium|sulfone|quine|artemether|cefal\w*|cef\w{3,})s?"
)
DATA = Path(__file__).parent / "data"


class Weighty(NamedTuple):
    kind: Kind
    word: str


def weighty_words(text: str) -> list[Weighty]:
    """Return them in their order, folded; a number as it is written, without its blanks."""
    found: list[Weighty] = []
    after_number = False
    for word in TOKEN.findall(text):
        kind = _kind(word, after_number=after_number)
        if kind:
            found.append(Weighty(kind, _plain(word)))
        after_number = kind in {"number", "unit"}
    return found


def _kind(word: str, *, after_number: bool) -> Kind | None:
    folded = fold(word)
    if not word[0].isalpha():
        return "number" if word[0] not in "%°/" else "unit"
    if folded in _listed("numbers") or ORDINAL.fullmatch(folded):
        return "number"
    if folded in _listed("units") or after_number and folded in SHORT_UNITS:
        return "unit"
    if folded in _listed("negations"):
        return "negation"
    return "medicine" if is_medicine(folded) else None


def _plain(word: str) -> str:
    if not word[0].isalpha():
        return word.translate(BLANKS)
    folded = fold(word)
    return SAME_NUMBER.get(folded, folded)


def is_medicine(folded: str) -> bool:
    return folded in _listed("medicines") or FAMILIES.fullmatch(folded) is not None


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())
