"""What is typed and not saved, kept for its writer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.models import TAB, Autosave, Presence
from lib.refused import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST = 2_000_000  # characters of all fields of a form: several times the longest text
NEW = "new-"  # before the tab, in the place of a text that has no number yet

Content = dict[str, Any]


def place_of(kind: str, number: str, tab: str) -> str:
    """Return the name of a text: `kind` is its model, `number` its key, "" for a new one."""
    return f"{kind}:{number or NEW + tab}"


def keep(owner_id: int, place: str, tab: str, content: Content) -> datetime:
    """Keep what the tab shows in place of what it showed before; return when. Raises Refused."""
    size = sum(len(str(value)) for value in content.values())
    if size > LONGEST or len(tab) > TAB:
        raise Refused(_("Ce texte est trop long pour être gardé pendant l’écriture."))
    with transaction.atomic():
        row, _made = Autosave.objects.update_or_create(
            owner_id=owner_id,
            place=place,
            tab=tab,
            defaults={"content": content, "kept_at": timezone.now()},
        )
        old = _of(owner_id, place).values_list("pk", flat=True)[Autosave.MOST :]
        Autosave.objects.filter(pk__in=list(old)).delete()
    return row.kept_at


def lost(owner_id: int, kind: str, number: str, but: list[str]) -> Autosave | None:
    """Return the latest text that was kept here by a tab which is no longer open, and is none of
    these; of a new text, the latest new one. Two queries."""
    if number:
        kept = _of(owner_id, place_of(kind, number, ""))
    else:
        kept = Autosave.objects.filter(owner_id=owner_id, place__startswith=f"{kind}:{NEW}")
    alive = Presence.objects.filter(owner_id=owner_id, seen_at__gte=timezone.now() - Presence.ALIVE)
    return kept.exclude(tab__in={*but, *alive.values_list("tab", flat=True)}).first()


def forget(owner_id: int, kind: str, tab: str) -> None:
    """Forget what this tab showed: it is saved, or its writer does not want it back."""
    Autosave.objects.filter(owner_id=owner_id, place__startswith=f"{kind}:", tab=tab).delete()


def forget_old() -> int:
    """Delete what nobody has asked back in time, and signs of forms long closed; return how many
    texts."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - Presence.ALIVE).delete()
    done, _by_kind = Autosave.objects.filter(kept_at__lt=now - Autosave.LIFE).delete()
    return done


def _of(owner_id: int, place: str) -> QuerySet[Autosave]:
    return Autosave.objects.filter(owner_id=owner_id, place=place)
