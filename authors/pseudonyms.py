"""Which pseudonyms members may choose."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from authors.models import TAKEN, Author
from lib.text import is_mixed_script, look_alike_key, name_key, normalise_line
from lib.writing.characters import legible

SHORTEST, LONGEST = 2, 40  # Li, Jo, 李伟
# Names under which somebody would pass for the magazine or its officers: anywhere in a name…
TITLES = (
    "moderateur",
    "moderatrice",
    "moderation",
    "moderator",
    "administrateur",
    "administratrice",
    "administration",
    "administrator",
    "redacteur",
    "redactrice",
    "redaction",
    "carevox",
)
# … and as a word of it, or as the whole: an article before, a plural and a number after change
# nothing.
WORDS = (
    "admin",
    "editeur",
    "editrice",
    "editor",
    "redac",
    "anonyme",
    "comite",
    "equipe",
    "support",
    "systeme",
    "system",
    "webmestre",
    "webmaster",
    "root",
    "staff",
    "compte supprime",
)
# A site called Doc leaves room for doctors: a shorter name than this is reserved as a word only.
SHORTEST_TITLE = 6
ARTICLES = ("l", "le", "la", "les", "un", "une", "des", "nos", "notre", "the")
SEPARATORS = re.compile(r"[^\w|!]+|_|\d+\b")


def checked(pseudonym: str, *, own: Author | None = None) -> str:
    """Return the pseudonym as it will be kept.

    Raises ValidationError, in French, if it cannot be this member's.
    """
    if legible(pseudonym) != pseudonym:
        raise ValidationError(
            _("Ce pseudonyme contient des caractères invisibles : retapez-le à la main.")
        )
    pseudonym = normalise_line(pseudonym)
    if not SHORTEST <= len(pseudonym) <= LONGEST:
        raise ValidationError(
            _("Un pseudonyme compte de %(min)s à %(max)s caractères.")
            % {"min": SHORTEST, "max": LONGEST}
        )
    if len(name_key(pseudonym)) < SHORTEST:
        raise ValidationError(_("Un pseudonyme contient au moins deux lettres ou chiffres."))
    if is_mixed_script(pseudonym):
        raise ValidationError(
            _(
                "Ce pseudonyme mêle plusieurs alphabets, ce qui permet d’imiter quelqu’un :"
                " choisissez-en un seul."
            )
        )
    if "@" in pseudonym or re.search(r"https?:|www\.", pseudonym):
        raise ValidationError(_("Un pseudonyme n’est ni une adresse e-mail ni une adresse web."))
    if is_reserved(pseudonym):
        raise ValidationError(_("Ce nom est réservé à la rédaction : choisissez-en un autre."))
    if is_taken(pseudonym, own=own):
        raise ValidationError(TAKEN)
    return pseudonym


def is_reserved(pseudonym: str) -> bool:
    whole, site = look_alike_key(pseudonym), look_alike_key(settings.SITE_NAME)
    keys = {whole, *map(look_alike_key, SEPARATORS.split(pseudonym))} - {""}
    titles = [*map(look_alike_key, TITLES), *([site] if len(site) >= SHORTEST_TITLE else [])]
    return (
        site in keys
        or any(title in whole for title in titles)
        or any(_reserved_words().fullmatch(key) for key in keys)
    )


@cache
def _reserved_words() -> re.Pattern[str]:
    articles, words = ("|".join(map(look_alike_key, names)) for names in (ARTICLES, WORDS))
    return re.compile(f"(?:{articles})?(?:{words})s?")


def is_taken(pseudonym: str, *, own: Author | None) -> bool:
    """Tell whether another author has this name or one that passes for it.

    Two who ask at once are told apart by the constraints.
    """
    others = Author.objects.filter(
        Q(pseudonym_key=name_key(pseudonym)[:60]) | Q(look_alike_key=look_alike_key(pseudonym)[:60])
    )
    return (others.exclude(pk=own.pk) if own else others).exists()
