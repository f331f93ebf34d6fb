"""Somebody writes that they, or another, are in danger: the next page says whom to call.

Nothing is kept of it but a message, which is gone once it was shown; nothing that is sent waits.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from care.danger import called_up
from care.models import CareCard

TAG = "care-card"  # of a message that a page draws as the card of that number
MOST_READ = 20_000  # characters of what was sent


def urgent_cards(text: str) -> list[CareCard]:
    """Return the cards for danger that a text calls up, two at most. One query, none without a
    text."""
    text = text[:MOST_READ]
    if not text.strip():
        return []
    return [
        called.card for called in called_up(text, CareCard.objects.in_order()) if not called.is_calm
    ]


def offer_help(request: HttpRequest, text: str) -> bool:
    """Have the next page show the cards for danger that a text calls up, at its top; tell whether
    there are any. One query."""
    cards = urgent_cards(text)
    for card in cards:
        messages.info(request, card.title, extra_tags=f"{TAG} {card.pk}")
    return bool(cards)


def say_whom_to_call(request: HttpRequest, text: str) -> None:
    """Tell the same in a line of the admin. One query."""
    for card in urgent_cards(text):
        ways = ", ".join(f"{way.shown} {way.label}".strip() for way in card.steps[0].ways)
        said = _("Si vous, ou quelqu’un, êtes en danger : %(card)s. %(ways)s")
        messages.warning(request, said % {"card": card.title, "ways": ways})
