"""What a browser sends while its reader reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Act = Literal["read", "shown", "followed"]
ACTS: dict[str, Act] = {act: act for act in get_args(Act)}


@dataclass(frozen=True, slots=True)
class Beacon:
    """The article was read, its block was seen, or the entry at `position` was followed."""

    act: Act
    article: int
    visitor: int
    network: int
    at: datetime
    reader: int | None = None  # the signed-in author, whose own articles do not count
    position: int = 0
