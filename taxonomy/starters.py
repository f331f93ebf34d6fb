"""The starting care cards, from a data file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from magazine.starters import place
from taxonomy.models import CareCard

CARDS = Path(__file__).resolve().parent / "data" / "care_cards.toml"


def place_cards(**_: Any) -> None:
    """Put the starting cards in place. One query each."""
    for fields in tomllib.loads(CARDS.read_text(encoding="utf-8"))["cards"]:
        title = fields.pop("title")
        place("card", title, CareCard.objects.get_or_create, title=title, defaults=fields)
