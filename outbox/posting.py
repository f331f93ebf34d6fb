"""A mail is asked for, asked for again, forgotten."""

from __future__ import annotations

from datetime import timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lib.writing.characters import legible
from outbox import delivery
from outbox.models import Mail

# the links of a mail serve for three days: what arrives must still be good for one
DAYS_TRIED = 2
DAYS_KEPT = 7  # after a mail has left or was given up; the privacy page says so


@transaction.atomic
def post(*, to: str, subject: str, body: str, reply_to: str = "") -> Mail:
    """Keep a mail and have it sent once the transaction around this call stands."""
    now = timezone.now()
    mail = Mail.objects.create(
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        recipient=to,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:250],
        body=legible(body),
        next_try_at=now,
        keep_trying_until=now + timedelta(days=DAYS_TRIED),
    )
    delivery.order()
    return mail


@transaction.atomic
def retry(mails: QuerySet[Mail]) -> int:
    """Have these tried at once, given up ones too; return how many of them had not left.

    One that is being sent at this moment is left to whoever sends it.
    """
    now = timezone.now()
    done = (
        mails.exclude(state=Mail.State.SENT)
        .exclude(delivery.under_way())
        .update(
            state=Mail.State.WAITING,
            next_try_at=now,
            ended_at=None,
            tries=0,
            unconfirmed=0,
            trouble=Mail.Trouble.NONE,
            keep_trying_until=now + timedelta(days=DAYS_TRIED),
        )
    )
    delivery.order()
    return done


def prune() -> int:
    """Delete what ended a week ago; return how many."""
    old = timezone.now() - timedelta(days=DAYS_KEPT)
    return Mail.objects.filter(ended_at__lt=old).delete()[0]
