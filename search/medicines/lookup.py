"""Which medicines the words of a query name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

from django.db.models import F

from lib.french.mistakes import one_letter_away
from lib.french.words import LONGEST_TOKEN, all_words, composed
from lib.lookups import Among
from search.medicines.brands import brand
from search.models import Medicine

MOST_FOUND = 3
MOST_READ = 8  # words of a query
SHORTEST_CORRECTED, MOST_CORRECTED = 6, 2  # letters of a word; words of a query
MOST_SHOWN = 6  # substances of a brand
MOST_SOUGHT = 3  # a brand of more substances is not looked for by them
# The address as code of 2026 has it; an older one, extrait.php?specid=…, still stands in many:
# https://github.com/yoch/fr.gouv.medicaments.rest/blob/998d4ee/src/models/bdpm/constants.js
SHEET = "https://base-donnees-publique.medicaments.gouv.fr/medicament/{cis}/extrait"
CAPITALS = re.compile(r"[^\W\d_]{2,}|[^\W\d_](?=['’])")
SALT = re.compile(
    r"^(?:(?:di)?chlorhydrate|bromhydrate|(?:hémi)?fumarate|maléate|mésilate|bésilate|succinate"
    r"|tartrate|dipropionate) (?:de |d['’])"
)


@dataclass(frozen=True)
class MedicineName:
    """A brand, with all its doses and forms.

    cis: of the first of its medicines by name; is_one_of_several: there are others; substances:
    of all of them; is_mixed: not every one has them all; is_exact: the query has the very name.
    """

    name: str
    cis: int
    is_one_of_several: bool
    substances: tuple[str, ...]
    is_mixed: bool
    is_exact: bool

    @property
    def sheet(self) -> str:
        return SHEET.format(cis=self.cis)

    @property
    def shown_substances(self) -> tuple[str, ...]:
        return self.substances[:MOST_SHOWN]

    @property
    def more_substances(self) -> int:
        return len(self.substances[MOST_SHOWN:])


class Row(NamedTuple):
    """What is read of a medicine."""

    key: str
    name: str
    cis: int
    substances: str


def found(query_words: Sequence[str], unknown: Iterable[str] = ()) -> list[MedicineName]:
    """Return the brands that folded words of a query name, in the order of the query: the words
    that count, as `Query.typed` has them.

    If none has such a name, those one letter away from a long word of `unknown`, which no article
    has. At most one query.
    """
    words = [word for word in query_words if word][:MOST_READ]
    names = _names(words)
    if not names:
        return []
    near = {
        spelling: word
        for word in [word for word in unknown if word in words and _is_long(word)][:MOST_CORRECTED]
        for spelling in one_letter_away(word)
        if spelling[:1] == word[0]  # people seldom mistype the first letter
    }
    by_key: dict[str, list[Row]] = {}
    for row in _fetch({*names, *near}):
        if not _is_substance(row):
            by_key.setdefault(row.key, []).append(row)
    exact = _longest(name for name in names if name in by_key)
    chosen = exact or sorted(by_key, key=lambda key: (words.index(near[key]), key))
    return [_named(by_key[key], is_exact=bool(exact)) for key in chosen[:MOST_FOUND]]


def sought(medicines: Sequence[MedicineName]) -> list[str]:
    """Return the substances that a search for these brands looks for too, without their salts:
    « tramadol » for « chlorhydrate de tramadol ». None for a slip that may mean several brands."""
    if len(medicines) > 1 and not medicines[0].is_exact:
        return []
    few = [medicine for medicine in medicines if len(medicine.substances) <= MOST_SOUGHT]
    names = (SALT.sub("", name) for medicine in few for name in medicine.substances)
    return list(dict.fromkeys(names))


def _names(words: list[str]) -> list[str]:
    """Return the names that one or two words in a row make, the longer before its parts."""
    pairs = [f"{word} {following}" for word, following in pairwise(words)]
    in_order = chain.from_iterable(zip_longest(pairs, words))
    names = dict.fromkeys(name for name in in_order if name and not name.isdecimal())
    return list(names)


def _is_long(word: str) -> bool:
    is_long = SHORTEST_CORRECTED <= len(word) <= LONGEST_TOKEN
    return is_long and word.isascii() and word.isalpha()


def _fetch(keys: set[str]) -> list[Row]:
    medicines = Medicine.objects.filter(Among(F("key"), keys)).order_by("name", "cis")
    return [Row(*row) for row in medicines.values_list("key", "name", "cis", "substances")]


def _is_substance(row: Row) -> bool:
    """Tell whether the name is no brand but what the medicine consists of: « GLUCOSE 5 % »."""
    return set(row.key.split()) <= {word.folded for word in all_words(composed(row.substances))}


def _longest(names: Iterable[str]) -> list[str]:
    """Leave out the names that are part of another one: « spasfon » in « spasfon lyoc »."""
    chosen = list(names)
    within = {part for name in chosen if " " in name for part in name.split()}
    return [name for name in chosen if name not in within]


def _named(rows: list[Row], *, is_exact: bool) -> MedicineName:
    compositions = [_shown(row.substances) for row in rows]
    return MedicineName(
        name=brand(rows[0].name),
        cis=rows[0].cis,
        is_one_of_several=len(rows) > 1,
        substances=tuple(dict.fromkeys(name for names in compositions for name in names)),
        is_mixed=len(set(map(frozenset, compositions))) > 1,
        is_exact=is_exact,
    )


def _shown(substances: str) -> list[str]:
    """Return the names without the capitals in which the database writes them; a lone one stays:
    vitamine C, B12."""
    return CAPITALS.sub(lambda letters: letters[0].lower(), substances).splitlines()
