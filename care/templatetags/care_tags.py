"""Care cards on pages that know nothing of them."""

from __future__ import annotations

from typing import Any

from django import template

from care.after_sending import TAG
from care.models import CareCard

register = template.Library()


@register.inclusion_tag("care/_care_card.html")
def care_card(
    card: CareCard | None, *, calmly: bool = False, level: str = "h2", name: str = "aide"
) -> dict[str, Any]:
    """Draw a card with all its levels, or calmly, with its calm one; nothing without a card.

    `name` begins the id of its heading: a page may show the same card twice.
    """
    steps = (card.calm_steps if calmly else card.steps) if card else []
    return {
        "card": card,
        "steps": steps,
        "level": level,
        "name": name,
        "gravest": steps[0].level if steps else "",
    }


@register.inclusion_tag("care/_offered_card.html")
def offered_card(tags: str) -> dict[str, Any]:
    """Draw the card of a message (care/after_sending.py), by its tags; nothing for one that was
    deleted. One query."""
    number = tags.partition(TAG)[2].split()[0]
    return {"card": CareCard.objects.filter(pk=number).first()}
