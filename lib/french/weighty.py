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
RAISED = "²³¹⁰⁴-⁹₀-₉"
SIGNS = f"%‰°<>≤≥±=×÷/+−¼-¾⅐-⅞{RAISED}∞~^€$£¥←-⇿′″"
MINUS = r"(?<![^\W_])[-–](?=[ \u00a0\u2009\u202f]?\d)|(?<=\d)[-–](?=\d)"
TOKEN = re.compile(
    rf"{NUMBER}|{MINUS}|(?<=\d)[ \u202f\u00a0]?['\"]|[{SIGNS}]|[^\W\d_{RAISED}]+(?P<elided>['’])?"
)
BLANKS = str.maketrans("", "", " \u00a0\u2009\u202f")

ORDINAL = re.compile(
    r"(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|di[xz]|onz|vingt|cent|\w+ant)\w*iemes?"
)
SAME_NUMBER = {"une": "un", "demie": "demi", "premiere": "premier", "seconde": "second"}
ROMAN = re.compile(r"[IVXLC]{2,}")
LONGEST = 40  # letters of a word that is looked at; longer ones are none
SHORT = 4  # letters of a word behind a number that may be a unit that is not in the list
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
SMALL = frozenset(
    ["et", "de", "des", "du", "la", "le", "les", "en", "au", "aux", "est", "sont", "d"]
)
DATA = Path(__file__).parent / "data"


class Weighty(NamedTuple):
    kind: Kind
    word: str


def weighty_words(text: str) -> list[Weighty]:
    """Return them in their order, folded but for units behind a number: mW is not MW. A number is
    as it is written, without its blanks."""
    found: list[Weighty] = []
    behind_number = behind_word = False
    for match in TOKEN.finditer(text):
        word = match[0].rstrip("'’") if match["elided"] else match[0]
        is_name = behind_word and len(word) == 1 and word.isupper() and not match["elided"]
        kind: Kind | None = "medicine" if is_name else _kind(word, behind_number=behind_number)
        if kind:
            is_symbol = behind_number and kind == "unit" and len(word) <= SHORT
            found.append(Weighty(kind, word if is_symbol or is_name else _plain(word)))
        behind_number = kind in {"number", "unit"} and not word[0].isalpha()
        behind_word = word.isalpha()
    return found


def _kind(word: str, *, behind_number: bool) -> Kind | None:
    folded = fold(word)
    if not word[0].isalpha():
        return "number" if word[0] not in "%°/€$£¥" else "unit"
    if len(folded) > LONGEST:
        return None
    if folded in _listed("numbers") or ORDINAL.fullmatch(folded) or ROMAN.fullmatch(word):
        return "number"
    if folded in _listed("units"):
        return "unit"
    if folded in _listed("negations"):
        return "negation"
    if is_medicine(folded):
        return "medicine"
    return "unit" if behind_number and len(word) <= SHORT and folded not in SMALL else None


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
