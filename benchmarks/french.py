"""How many forms of French words meet in one token, and how many strangers do.

python -m benchmarks.french              (needs simplemma, which nothing else here does)
python -m benchmarks.french --write      draw tests/search/pairs.tsv anew

The lexicon is that of simplemma: forms with their lemmas. Near strangers are two lemmas that share
their first four letters; many are of one family, as "vaccin" and "vaccination" are, which should
meet.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from lib.french.words import tokens

PAIRS = Path(__file__).parent.parent / "tests" / "search" / "pairs.tsv"
HEADER = """\
# Forms of French words and their lemmas, drawn by benchmarks/french.py from simplemma 2.0.0 (PyPI).
# Its French list comes from Lemmatization Lists (Michal Měchura, Open Database License), Wiktionary
# by Kaikki, FreeLing, spaCy lookups data, UniMorph and the Wikinflection corpus (CC BY 4.0).
kind\tform\tlemma
"""
SEED, DRAWN, STRANGERS = 20261125, 60, 10_000
LITERARY = re.compile(r"[âîû](?:t|mes|tes)$|[aiu]ss(?:e|es|ions|iez|ent)$|[èiu]rent$")
# what is done and had in texts on health
HEALTH = frozenset(
    """
    accoucher aggraver allaiter analyser arrêter atteindre bénéficier boire brûler calmer cesser
    consommer consulter contaminer déclarer dépister développer diagnostiquer digérer diminuer
    dormir durer examiner favoriser fumer grossir guérir identifier informer inhaler irriter laver
    maigrir manger marcher mesurer modifier mourir nettoyer opérer piquer prendre prescrire
    prévenir protéger provoquer recommander rembourser respecter respirer saigner soigner souffrir
    soulager suivre surveiller tousser traiter transmettre utiliser vacciner vérifier vieillir vivre
    vomir
    """.split()  # noqa: SIM905
)
PLURALS = {
    "plural in -os -us -is -as": ("o os", "u us", "i is", "a as"),
    "plural in -eux -aux -oux": ("eu eux", "au aux", "ou oux", "al aux", "ail aux"),
    "other plural": (" s",),
}
FEMININES = {
    "feminine in -euse -trice -ive": ("eur euse", "eux euse", "teur trice", "f ve"),
    "other feminine": (
        " e",
        "er ère",
        "l lle",
        "n nne",
        "t tte",
        "s sse",
        "c que",
        "x se",
        "et ète",
    ),
}
SHORT = 5  # letters of an adjective whose feminine is counted apart: sec, doux, vif, bénin


def kind_of(form: str, lemma: str) -> str:
    if lemma.endswith(("er", "ir", "re", "oir")) and form != f"{lemma}s":
        return "verb of health" if lemma in HEALTH and not LITERARY.search(form) else ""
    for kind, changes in PLURALS.items():
        if any(_becomes(lemma, form, *change.split(" ")) for change in changes):
            return kind
    feminine = form.removesuffix("s")
    if len(lemma) <= SHORT and feminine.endswith("e") and feminine[0] == lemma[0]:
        return "short feminine"
    for kind, changes in FEMININES.items():
        if any(_becomes(lemma, feminine, *change.split(" ")) for change in changes):
            return kind
    return ""


def _becomes(lemma: str, form: str, gone: str, come: str) -> bool:
    return lemma.endswith(gone) and form == lemma.removesuffix(gone) + come


def lexicon() -> dict[str, str]:
    """Return form -> lemma of the plain words."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    read = DefaultDictionaryFactory().get_dictionary("fr")
    words = {str(form): str(lemma) for form, lemma in read.items()}
    return {
        form: lemma
        for form, lemma in sorted(words.items())
        if (form + lemma).isalpha() and (form + lemma).islower() and min(len(form), len(lemma)) > 2
    }


def drawn(words: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, form and lemma: of each kind as many as `DRAWN`, the same each time."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for form, lemma in words.items():
        if form != lemma and (kind := kind_of(form, lemma)):
            kinds.setdefault(kind, []).append((form, lemma))
    for kind in sorted(kinds):
        chosen = random.Random(SEED).sample(kinds[kind], DRAWN)
        yield from ((kind, *pair) for pair in sorted(chosen))


def strangers(lemmas: list[str], near: int) -> list[tuple[str, str]]:
    """Return pairs of lemmas, which share their first `near` letters."""
    chance = random.Random(SEED)
    groups = [
        group
        for _key, found in groupby(lemmas, lambda lemma: lemma[:near])
        if len(group := list(found)) > 1
    ]
    sizes = [len(group) ** 2 for group in groups]
    return [tuple(chance.sample(group, 2)) for group in chance.choices(groups, sizes, k=STRANGERS)]


def meeting(pairs: list[tuple[str, str]]) -> int:
    return sum(tokens(one) == tokens(other) for one, other in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="draw the pairs of the tests anew")
    words = lexicon()
    if parser.parse_args().write:
        lines = ("\t".join(pair) for pair in drawn(words))
        PAIRS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    by_kind = groupby(drawn(words), lambda pair: pair[0])
    for kind, pairs in by_kind:
        met = meeting([(form, lemma) for _kind, form, lemma in pairs])
        print(f"{kind:32} {met:3} of {DRAWN} found")
    lemmas = sorted(set(words.values()))
    for name, near in (("strangers", 0), ("near strangers", 4)):
        print(f"{name:32} {meeting(strangers(lemmas, near))} of {STRANGERS} meet")


if __name__ == "__main__":
    main()
