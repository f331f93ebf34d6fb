"""Which passwords are refused because they are guessed soon, and what to do instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from authors.security import words
from authors.security.guesses import digits_of_guesses
from lib.text import fold

if TYPE_CHECKING:
    from authors.models import User

ENOUGH = 8.0  # digits: a hundred million guesses, of which five are let through in five minutes
OWN = 0.5  # digits for a word that is known of this member
SHORTEST_OWN = 3


class GuessableValidator:
    """Refuse a password that is guessed soon, whatever its length."""

    def validate(self, password: str, user: User | None = None) -> None:
        check(password, names=names_of(user))

    def get_help_text(self) -> str:
        return _t(
            "Prenez plusieurs mots sans rapport entre eux :"
            " ils se retiennent bien et se devinent mal."
        )


def check(password: str, *, names: Iterable[str]) -> None:
    """Raise ValidationError if who knows these names of the member guesses the password soon."""
    listed, own = words.costs(), own_words([*names, settings.SITE_NAME])
    if password and not re.search(r"[^\W\d]", password):
        raise ValidationError(
            _("Des chiffres et des signes seuls se devinent vite : ajoutez des mots.")
        )
    if digits_of_guesses(password) < ENOUGH:
        raise ValidationError(
            _(
                "Ce mot de passe se répète ou suit les touches du clavier : prenez plutôt"
                " plusieurs mots sans rapport entre eux."
            )
        )
    if digits_of_guesses(password, listed.get) < ENOUGH:
        raise ValidationError(
            _(
                "Ce mot de passe est fait de mots courants et se devine vite : ajoutez-y d’autres"
                " mots, sans rapport avec les premiers."
            )
        )
    if digits_of_guesses(password, lambda word: own.get(word, listed.get(word))) < ENOUGH:
        raise ValidationError(
            _(
                "Ce mot de passe ressemble à votre pseudonyme, à votre adresse e-mail ou au nom du"
                " site : prenez d’autres mots."
            )
        )


def names_of(user: User | None) -> list[str]:
    """Return what an account is called: its address, and its public face if it has one."""
    author = getattr(user, "author", None)
    return [name for name in (getattr(user, "email", ""), getattr(author, "pseudonym", "")) if name]


def own_words(names: Iterable[str]) -> dict[str, float]:
    """Return the words of the names, alone and joined, each with its cost."""
    parts = [re.findall(r"[^\W_]+", fold(name)) for name in names]
    joined = {"".join(part) for part in parts} | {word for part in parts for word in part}
    return {word: OWN for word in joined if len(word) >= SHORTEST_OWN}
