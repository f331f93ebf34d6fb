"""Which pseudonyms members may choose."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from authors.models import Author
from lib.text import INVISIBLE, is_mixed_script, look_alike_key, name_key, normalise_line

SHORTEST, LONGEST = 3, 40
# Names under which somebody would pass for the magazine or its officers, alone or as a whole word.
RESERVED_WORDS = (
    *("moderateur", "moderatrice", "moderation", "administrateur", "administratrice", "administration", "admin", "redaction"),
    *("carevox", "editeur", "editrice", "anonyme", "comite", "equipe", "support", "systeme", "webmaster", "root", "staff", "compte supprime"),
)
RESERVED_KEYS = frozenset(look_alike_key(word) for word in RESERVED_WORDS)


def checked(pseudonym: str, *, own: Author | None = None) -> str:
    """Return the pseudonym as it will be kept. Raises ValidationError, in French, if it cannot be this member's."""
    if INVISIBLE.search(pseudonym):
        raise ValidationError(_("Ce pseudonyme contient des caractères invisibles : retapez-le à la main."))
    pseudonym = normalise_line(pseudonym)
    if not SHORTEST <= len(pseudonym) <= LONGEST:
        raise ValidationError(_("Un pseudonyme compte de %(min)s à %(max)s caractères.") % {"min": SHORTEST, "max": LONGEST})
    if len(name_key(pseudonym)) < SHORTEST - 1:
        raise ValidationError(_("Un pseudonyme contient au moins deux lettres ou chiffres."))
    if is_mixed_script(pseudonym):
        raise ValidationError(_("Ce pseudonyme mêle plusieurs alphabets, ce qui permet d’imiter quelqu’un : choisissez-en un seul."))
    if "@" in pseudonym or re.search(r"https?:|www\.", pseudonym):
        raise ValidationError(_("Un pseudonyme n’est ni une adresse e-mail ni une adresse web."))
    if is_reserved(pseudonym):
        raise ValidationError(_("Ce nom est réservé à la rédaction : choisissez-en un autre."))
    if is_taken(pseudonym, own=own):
        raise ValidationError(_("Ce pseudonyme, ou un autre qui lui ressemble trop, est déjà pris."))
    return pseudonym


def is_reserved(pseudonym: str) -> bool:
    words = re.split(r"[^\w|!]+|_", pseudonym)
    keys = {look_alike_key(word) for word in words} | {look_alike_key(pseudonym)}
    return bool(keys & RESERVED_KEYS)


def is_taken(pseudonym: str, *, own: Author | None) -> bool:
    others = Author.objects.filter(pseudonym_key=name_key(pseudonym))
    return (others.exclude(pk=own.pk) if own else others).exists()
