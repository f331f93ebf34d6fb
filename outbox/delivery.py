"""Mails leave: what is due, oldest first, each at most once unless somebody kills us in the middle.

Before a mail is tried its row already says when the next try is. So a worker that is killed loses
nothing: that mail is tried again, once for each time and under the same Message-ID, by which mail
servers and programs tell repeats.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.utils import format_datetime
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import task

from outbox import changes
from outbox.courier import Courier
from outbox.models import Mail
from outbox.troubles import OF_THE_SERVER, answer_of, trouble_of

logger = logging.getLogger(__name__)
BOUNDED = "outbox.smtp.BoundedBackend"  # the one way out that anybody could have to wait for
# minutes until the next try; from then on the last one
BACK_OFF = [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 240]
PAUSE = timedelta(seconds=30)  # for all mails, after the server has failed one: the first back-off
LONG_PAUSE = timedelta(minutes=15)  # for a mail that may have arrived
MOST_UNCONFIRMED = 2  # the mail, and one repeat
SWEEP_SECONDS = 40  # then other jobs have their turn; a stopping worker is given ninety


def order(at: datetime | None = None) -> None:
    """Have what is due sent, now or later; to be called in the transaction of the row.

    By a worker, or where there is none by this process: what goes into a file or a log at once,
    what asks a server in a thread.
    """
    if empty_outbox.get_backend().supports_defer:
        empty_outbox.using(run_after=at).enqueue()
    elif at is None:
        transaction.on_commit(_carry, robust=True)


@task()
def empty_outbox() -> None:
    again = sweep()
    if again and again <= timezone.now():
        order()


def sweep() -> datetime | None:
    """Send what is due, for a while; return when to come again, None if nothing waits.

    When the server itself fails, the others are left for later: each would wait as long as this.
    """
    _give_up_expired()
    end = monotonic() + SWEEP_SECONDS
    while monotonic() < end:
        if pause := _end_of_pause():
            return pause
        mail = _claim()
        if mail is None:
            first: datetime | None = Mail.objects.waiting().aggregate(at=Min("next_try_at"))["at"]
            return first
        _deliver(mail)
    return timezone.now()


courier = Courier(sweep)


def _carry() -> None:
    if settings.EMAIL_BACKEND == BOUNDED:
        courier.call()
    else:
        sweep_all()


def sweep_all() -> None:
    """Send all that is due."""
    while (again := sweep()) and again <= timezone.now():
        pass


@transaction.atomic
def _give_up_expired() -> None:
    """Send nothing that has waited for days, as nobody was there or an old copy came back."""
    expired = Mail.objects.expired()
    expired.filter(trouble=Mail.Trouble.NONE).update(trouble=Mail.Trouble.EXPIRED)
    expired.update(state=Mail.State.FAILED, next_try_at=None, ended_at=timezone.now())


def _end_of_pause() -> datetime | None:
    failed = Mail.objects.waiting().filter(
        trouble__in=OF_THE_SERVER, tried_at__gt=timezone.now() - PAUSE
    )
    last = failed.order_by("-tried_at").values_list("tried_at", flat=True).first()
    return last + PAUSE if last else None


@transaction.atomic
def _claim() -> Mail | None:
    """Take the mail that is due longest, and see to it that it is tried again if we are killed."""
    mail = Mail.objects.due().select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    now = timezone.now()
    mail.tries += 1
    mail.tried_at, mail.next_try_at = now, now + max(_lease(), _back_off(mail.tries))
    mail.trouble, mail.answer = Mail.Trouble.INTERRUPTED, ""
    mail.save(update_fields=["tries", "tried_at", "next_try_at", "trouble", "answer"])
    order(mail.next_try_at)
    return mail


def under_way() -> Q:
    """Return what tells the mails that somebody may be sending just now."""
    return Q(trouble=Mail.Trouble.INTERRUPTED, tried_at__gt=timezone.now() - _lease())


def _lease() -> timedelta:
    """Return how long a try can take at most, the look-up of the server's name included."""
    return timedelta(seconds=2 * settings.EMAIL_TIMEOUT + 30)


def _back_off(tries: int) -> timedelta:
    return timedelta(minutes=BACK_OFF[min(tries, len(BACK_OFF)) - 1])


def _deliver(mail: Mail) -> None:
    try:
        email_of(mail).send()
    except Exception as error:  # whatever it is, the row stays and waits
        _put_off(mail, error)
    else:
        _mark_sent(mail)


def email_of(mail: Mail) -> EmailMessage:
    """Return the mail as it leaves, the same at every try.

    `Auto-Submitted` and its older sister keep answering machines from answering.
    """
    headers = {
        "Message-ID": mail.message_id,
        "Date": format_datetime(timezone.localtime(mail.created_at)),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return EmailMessage(
        mail.subject,
        mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )


def _mark_sent(mail: Mail) -> None:
    """Keep that the mail has left, not what it said, whoever fails to hear of it."""
    mail.state, mail.trouble, mail.body, mail.reply_to = Mail.State.SENT, Mail.Trouble.NONE, "", ""
    mail.next_try_at, mail.ended_at = None, timezone.now()
    mail.save()
    try:
        with transaction.atomic():
            changes.sent.announce(mail)
    except Exception:  # the mail has left all the same, and must not leave again
        logger.exception("a mail has left, but what waits for that could not be written")


@transaction.atomic
def _put_off(mail: Mail, error: Exception) -> None:
    """Let the mail wait for its next try, or give it up after its last one.

    Nothing if somebody else has taken it meanwhile: what they know of it is newer.
    """
    ours = Mail.objects.waiting().filter(pk=mail.pk, tries=mail.tries, tried_at=mail.tried_at)
    if not ours.select_for_update().exists():
        return
    now = mail.tried_at = timezone.now()
    mail.trouble, mail.answer = trouble_of(error), answer_of(error)
    may_have_arrived = mail.trouble == Mail.Trouble.UNCONFIRMED
    mail.unconfirmed += may_have_arrived
    rest = max(_back_off(mail.tries), LONG_PAUSE if may_have_arrived else timedelta())
    if now + rest > mail.keep_trying_until or mail.unconfirmed >= MOST_UNCONFIRMED:
        mail.state, mail.next_try_at, mail.ended_at = Mail.State.FAILED, None, now
    else:
        mail.next_try_at = now + rest
        order(mail.next_try_at)
    mail.save()
    if mail.trouble in OF_THE_SERVER:
        order(now + PAUSE)  # for the others
    _log(mail, error)


def _log(mail: Mail, error: Exception) -> None:
    """Tell the kind of the error only, where it is the server's: its words may name the reader."""
    is_ours = mail.trouble == Mail.Trouble.OTHER
    (logger.error if is_ours else logger.warning)(
        "a mail could not leave (%s): it %s in the admin",
        type(error).__name__,
        "waits" if mail.state == Mail.State.WAITING else "is given up",
        exc_info=error if is_ours else None,
    )
