"""A message of a reader knows when its mail has left."""

from __future__ import annotations

from magazine.models import ContactMessage
from outbox import changes
from outbox.models import Mail


@changes.sent.receiver
def note_departure(mail: Mail) -> None:
    ContactMessage.objects.filter(mail=mail).update(mailed_at=mail.ended_at)
