"""Care cards on pages that know nothing of them."""

from __future__ import annotations

from typing import Any

from django import template

from care.models import CareCard

register = template.Library()


@register.inclusion_tag("care/_care_card.html")
def care_card(card: CareCard | None, *, calmly: bool = False, level: str = "h2") -> dict[str, Any]:
    """Draw a card with all its levels, or calmly, with its calm one; nothing without a card."""
    steps = (card.calm_steps if calmly else card.steps) if card else []
    return {
        "card": card,
        "steps": steps,
        "level": level,
        "gravest": steps[0].level if steps else "",
    }
