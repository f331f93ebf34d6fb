from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from magazine import contact


class Command(BaseCommand):
    help = "Mail the contact messages that could not leave, and delete those handled a year ago. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = sum(
            contact.mail.func(pk)
            for pk in tqdm(
                contact.unmailed(), desc="contact_messages", disable=not sys.stderr.isatty()
            )
        )
        self.stdout.write(
            f"contact_messages: {sent} mailed, {len(contact.unmailed())} waiting, {contact.prune()} deleted"
        )
