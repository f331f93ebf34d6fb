"""The cards and numbers of a country, from a data file: placed once on a new site, or loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from care.models import CareCard, HelpLine

FRANCE = Path(__file__).resolve().parent / "data" / "france.toml"
Place = Callable[..., bool]  # of `magazine/starters.py`: each row is placed once
Rows = list[tuple[str, dict[str, Any]]]  # key of a row, its other fields


def place_all(place: Place) -> None:
    """Put the cards and numbers of France in place, those that were not placed before. One query
    each."""
    cards, lines = _read(FRANCE)
    for slug, fields in cards:
        place("care card", slug, partial(CareCard.objects.get_or_create, fields, slug=slug))
    for name, fields in lines:
        place("help line", name[:100], partial(HelpLine.objects.get_or_create, fields, name=name))


def load(path: Path, *, replace: bool = False) -> tuple[int, int]:
    """Write the cards and numbers of a file over those of the same names; return how many were
    written and how many of the others were deleted, none unless `replace`.

    All or nothing. Raises OSError, LookupError, TypeError, ValueError, FieldError or DatabaseError
    for what cannot be read.
    """
    cards, lines = _read(path)
    deleted = 0
    with transaction.atomic():
        for slug, fields in cards:
            CareCard.objects.update_or_create(slug=slug, defaults=fields)
        for name, fields in lines:
            HelpLine.objects.update_or_create(name=name, defaults=fields)
        if replace:
            other_cards = CareCard.objects.exclude(slug__in=[slug for slug, _fields in cards])
            other_lines = HelpLine.objects.exclude(name__in=[name for name, _fields in lines])
            deleted = other_cards.count() + other_lines.count()
            other_cards.delete()
            other_lines.delete()
    return len(cards) + len(lines), deleted


def _read(path: Path) -> tuple[Rows, Rows]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if not data.get("cards"):
        raise ValueError("there is no card in it")
    cards = [(fields.pop("slug"), fields) for fields in data.get("cards", [])]
    lines = [
        (fields.pop("name"), {**fields, "position": position})
        for position, fields in enumerate(data.get("lines", []))
    ]
    return cards, lines
