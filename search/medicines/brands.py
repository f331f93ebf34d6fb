"""The brand in the name of a medicine, and the words by which a query names it."""

from __future__ import annotations

import re

from lib.french.words import all_words, composed, words

LONGEST_KEY = 100  # longer names have more words than any query is read for
END = re.compile(r",|\(|\s\d")  # the form, a remark, the dose
FOR_WHOM = re.compile(
    r"(?:\s+(?:et|pour|adultes?|enfants?|nourrissons?|b[ée]b[ée]s?|sans sucre))+\s*$", re.IGNORECASE
)


def brand(name: str) -> str:
    """Return what stands before dose and form: « DOLIPRANE » of « DOLIPRANE 1000 mg, comprimé ».

    Whom it is for does not count; a lone letter is no brand: « A 313 200 000 UI POUR CENT ».
    """
    head = FOR_WHOM.sub("", END.split(name)[0]).strip()
    return head if len(head) > 1 else name.partition(",")[0].strip()


def brand_key(name: str) -> str:
    """Return the folded words of the brand as a query has them, without the common ones; "" for a
    name without any word."""
    text = composed(brand(name))
    folded = [word.folded for word in words(text)]
    if not any(word.isalpha() for word in folded):
        folded = [word.folded for word in all_words(text) if word.folded]
    return " ".join(folded)[:LONGEST_KEY]
