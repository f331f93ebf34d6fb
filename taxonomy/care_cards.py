"""Which care card an article shows: one at most."""

from __future__ import annotations

from collections.abc import Iterable

from taxonomy.models import CareCard, Section, Tag


def care_card_for(tags: Iterable[Tag], trail: Iterable[Section]) -> CareCard | None:
    """Return the card of the first keyword that has one, in the order of their names; without
    such a keyword that of the nearest section, the article's own before its parents.

    No query when the cards were loaded with the tags and the sections.
    """
    for tag in sorted(tags, key=lambda tag: (tag.name, tag.pk)):
        if tag.care_card:
            return tag.care_card
    return next((section.care_card for section in reversed([*trail]) if section.care_card), None)
