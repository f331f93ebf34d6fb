"""Who has a form open, and who has taken it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from editing.models import Presence

MOST = 5  # names that are shown


@dataclass(frozen=True)
class Company:
    """Who else has the form open. taken_by: who has taken it over from the one who asks."""

    names: list[str]
    is_own_tab: bool
    taken_by: str
    taken_at: datetime | None


def sign_of_life(owner_id: int, place: str, tab: str, *, takes_over: bool = False) -> Company:
    """Note that this tab is open, and return who else is here. Three queries."""
    now = timezone.now()
    defaults = {"seen_at": now} | ({"took_over_at": now} if takes_over else {})
    own, _made = Presence.objects.update_or_create(
        owner_id=owner_id, place=place, tab=tab, defaults=defaults
    )
    alive = Presence.objects.filter(place=place, seen_at__gte=now - Presence.ALIVE)
    others = list(alive.exclude(pk=own.pk).select_related("owner__author")[: MOST + 1])
    takers = [other for other in others if _is_later(other.took_over_at, own)]
    taker = max(takers, key=lambda other: other.took_over_at or now, default=None)
    strangers = [other for other in others if other.owner_id != owner_id]
    return Company(
        names=list(dict.fromkeys(_name(other) for other in strangers))[:MOST],
        is_own_tab=len(strangers) < len(others),
        taken_by=_name(taker) if taker else "",
        taken_at=taker.took_over_at if taker else None,
    )


def leave(owner_id: int, place: str, tab: str) -> None:
    Presence.objects.filter(owner_id=owner_id, place=place, tab=tab).delete()


def _is_later(moment: datetime | None, own: Presence) -> bool:
    return moment is not None and moment > (own.took_over_at or own.opened_at)


def _name(presence: Presence) -> str:
    return str(presence.owner.get_short_name())
