"""Which emergency card an article shows: one at most."""

from __future__ import annotations

from collections.abc import Iterable

from taxonomy.models import CareCard, Section, Tag


def card_of(tags: Iterable[Tag], trail: Iterable[Section]) -> CareCard | None:
    """Return the card of the first keyword that has one, in the order of their names; else that of the nearest section,
    the article's own before its mothers. None if nobody has one. No query when the cards came with tags and sections."""
    for tag in sorted(tags, key=lambda tag: (tag.name, tag.pk)):
        if tag.care_card:
            return tag.care_card
    return next((section.care_card for section in reversed([*trail]) if section.care_card), None)
