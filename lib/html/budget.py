"""How much HTML one text may hold, and what its author is told beyond it.

Every pass over a text is linear in its length times its depth, so these bounds bound them all.
"""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_HTML_CHARS = 300_000  # of a cleaned text, its tags included
MAX_TYPED_CHARS = 4 * MAX_HTML_CHARS  # word processors send far more than what is kept
MAX_NESTED_CHARS = 2 * MAX_HTML_CHARS  # before what stands empty goes
MAX_DEPTH = 100  # a list inside a list inside a cell of a table takes eight

HEADINGS = {"h2", "h3", "h4"}
# how many a text may hold, and what its author is told beyond it
MOST: dict[str, tuple[int, Promise]] = {
    "h2": (
        300,
        _(
            "Le texte compte plus de %(limit)s intertitres : retirez-en, ou partagez-le en "
            "plusieurs textes."
        ),
    ),
    "table": (
        200,
        _(
            "Le texte compte plus de %(limit)s tableaux : réunissez-en, ou partagez-le en "
            "plusieurs textes."
        ),
    ),
    "a": (
        3_000,
        _(
            "Le texte compte plus de %(limit)s liens : retirez-en, ou partagez-le en plusieurs "
            "textes."
        ),
    ),
    "img": (
        300,
        _(
            "Le texte compte plus de %(limit)s images : retirez-en, ou partagez-le en plusieurs "
            "textes."
        ),
    ),
}


class TooLong(ValidationError):
    """Says in French what a text has too much of, and what to do; forms show it at the field."""

    def __init__(self, message: str | Promise, limit: int) -> None:
        said = {"limit": number_format(limit, force_grouping=True)}
        super().__init__(str(message), code="too_long", params=said)


def check_length(chars: int, limit: int = MAX_HTML_CHARS) -> None:
    if chars > limit:
        raise TooLong(
            _(
                "Le texte dépasse %(limit)s caractères, mise en forme comprise : partagez-le en "
                "plusieurs textes, ou collez-le sans sa mise en forme."
            ),
            MAX_HTML_CHARS,
        )


def check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise TooLong(
            _(
                "Le texte emboîte plus de %(limit)s éléments (listes, citations, tableaux…) les "
                "uns dans les autres : retirez-en les plus profonds, ou collez-le sans sa mise en "
                "forme."
            ),
            MAX_DEPTH,
        )


def count(tag: str, counts: Counter[str]) -> None:
    """Add an element to the counts; headings of any level are one kind."""
    kind = "h2" if tag in HEADINGS else tag
    if kind in MOST:
        counts[kind] += 1
        limit, message = MOST[kind]
        if counts[kind] > limit:
            raise TooLong(message, limit)
