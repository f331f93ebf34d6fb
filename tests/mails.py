"""What has been asked to leave, delivered as the worker would."""

from __future__ import annotations

from django.core import mail
from django.core.mail import EmailMessage

from outbox import delivery


def delivered() -> list[EmailMessage]:
    """Send what is due and return all that has left so far, the oldest first."""
    delivery.sweep_all()
    return mail.outbox
