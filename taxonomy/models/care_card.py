from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField, PlainTextField

LINE = re.compile(
    r"(?P<sms>SMS\s+)?(?P<number>\+?[\d ]{2,20}?)(?:\s*[=:–-]\s*(?P<label>.*))?", re.IGNORECASE
)
MOST_NUMBERS = 4


@dataclass(frozen=True)
class Way:
    """One way to reach help: the number as it is read, where the link leads, and who answers."""

    number: str
    label: str
    by_sms: bool

    @property
    def address(self) -> str:
        return f"{'sms' if self.by_sms else 'tel'}:{self.number.replace(' ', '')}"


def read_ways(text: str) -> list[Way]:
    """Return the numbers of a card, one a line: « 15 = SAMU », « SMS 114 = par SMS ».

    Raises ValueError with the line that is none.
    """
    ways = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = LINE.fullmatch(line)
        if match is None or not any(letter.isdigit() for letter in match["number"]):
            raise ValueError(line)
        ways.append(
            Way(
                number=" ".join(match["number"].split()),
                label=(match["label"] or "").strip(),
                by_sms=bool(match["sms"]),
            )
        )
    return ways


def validate_numbers(text: str) -> None:
    try:
        ways = read_ways(text)
    except ValueError as error:
        raise ValidationError(
            _("« %(line)s » n’est pas un numéro : écrivez « 15 = SAMU » ou « SMS 114 = par SMS ».")
            % {"line": error}
        ) from error
    if not 1 <= len(ways) <= MOST_NUMBERS:
        raise ValidationError(_("Une carte porte d’un à quatre numéros, un par ligne."))


class CareCard(models.Model):
    """Whom to call, shown on the articles of a keyword or a section.

    `taxonomy/care_cards.py` says which card an article shows.
    """

    title = LineField(
        _("titre"),
        max_length=120,
        help_text=_("Ce qui se passe, et quoi faire : « Une détresse ? Parlez-en maintenant »."),
    )
    text = PlainTextField(
        _("texte"),
        max_length=600,
        blank=True,
        help_text=_("Une ou deux phrases, sous les numéros."),
    )
    numbers = PlainTextField(
        _("numéros"),
        max_length=600,
        validators=[validate_numbers],
        help_text=_(
            "Un par ligne, le plus urgent d’abord : « 15 = SAMU », « SMS 114 = par SMS, "
            "si vous entendez ou parlez difficilement »."
        ),
    )

    class Meta:
        verbose_name = _("carte d’urgence")
        verbose_name_plural = _("cartes d’urgence")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(numbers=""), name="care_card_has_a_number")
        ]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.ways  # noqa: B018  (an unreadable number must not reach the page)
        super().save(*args, **kwargs)

    @property
    def ways(self) -> list[Way]:
        return read_ways(self.numbers)
