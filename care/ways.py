"""Ways to reach help, one a line: « 15 = SAMU », « SMS 114 = par SMS »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE = re.compile(
    r"(?:(?P<web>https://[^\s=]+)|(?P<sms>SMS\s+)?(?P<number>\+?[\d ]{2,20}?))"
    r"(?:\s*[=:–-]\s*(?P<label>.*))?",
    re.IGNORECASE,
)
MOST_WAYS = 5


@dataclass(frozen=True)
class Way:
    """One way to reach help: the number or the site as it is read, where the link leads, who
    answers."""

    shown: str
    address: str
    label: str

    @property
    def by_sms(self) -> bool:
        return self.address.startswith("sms:")

    @property
    def by_web(self) -> bool:
        return self.address.startswith("https:")


def read_ways(text: str) -> list[Way]:
    """Return the ways of a text, in order. Raises ValueError with the line that is none."""
    return [_read(line) for line in filter(None, map(str.strip, text.splitlines()))]


def _read(line: str) -> Way:
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(line)
    label = (match["label"] or "").strip()
    if match["web"]:
        return Way(match["web"].removeprefix("https://").rstrip("/"), match["web"], label)
    number = " ".join(match["number"].split())
    if not any(letter.isdigit() for letter in number):
        raise ValueError(line)
    scheme = "sms" if match["sms"] else "tel"
    return Way(number, f"{scheme}:{number.replace(' ', '')}", label)


def validate_ways(text: str) -> None:
    try:
        ways = read_ways(text)
    except ValueError as error:
        raise ValidationError(
            _("« %(line)s » n’est pas un numéro : écrivez « 15 = SAMU » ou « SMS 114 = par SMS ».")
            % {"line": error}
        ) from error
    if not 1 <= len(ways) <= MOST_WAYS:
        raise ValidationError(_("Un niveau porte d’un à cinq numéros, un par ligne."))
