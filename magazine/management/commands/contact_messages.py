from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from magazine import contact


class Command(BaseCommand):
    help = (
        "Mail the contact messages that could not leave, and delete those handled a year ago."
        " Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shown = sys.stderr.isatty()
        messages = tqdm(contact.unmailed(), desc="contact_messages", disable=not shown)
        sent = sum(contact.mail.func(pk) for pk in messages)
        left, deleted = len(contact.unmailed()), contact.prune()
        self.stdout.write(f"contact_messages: {sent} mailed, {left} waiting, {deleted} deleted")
