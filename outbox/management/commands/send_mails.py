from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from outbox import delivery, posting
from outbox.models import Mail


class Command(BaseCommand):
    help = (
        "Send the mails that are due, as the worker does, and delete those that left or were given"
        " up a week ago. Run it daily; with --all by hand when the mail server works again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="try now what would be tried later, too"
        )

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        before = Mail.objects.waiting().count()
        if all:
            posting.retry(Mail.objects.waiting())
        delivery.sweep_all()
        waiting = Mail.objects.waiting().count()
        deleted = posting.prune()
        self.stdout.write(
            f"send_mails: {before - waiting} left or given up, {waiting} waiting, {deleted} deleted"
        )
