"""The cards of the site, read often and written seldom."""

from __future__ import annotations

from care.models import CareCard
from lib.cached import cached

FIELDS = [field.attname for field in CareCard._meta.concrete_fields]


def all_cards() -> list[CareCard]:
    """Return the cards in the order of their rank, as they stood less than a few seconds ago. One
    query at times, none otherwise."""
    rows = cached("care.cards", lambda: list(CareCard.objects.in_order().values_list(*FIELDS)))
    return [CareCard.from_db(None, FIELDS, row) for row in rows]
