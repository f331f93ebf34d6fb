from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from magazine import contact


class Command(BaseCommand):
    help = (
        "Have the contact messages mailed that had no address to go to or whose mail was given up"
        " a week ago, and delete those handled a year ago. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        shown = sys.stderr.isatty()
        messages = tqdm(list(contact.unmailed()), desc="contact_messages", disable=not shown)
        ordered = sum(contact.mail(message) for message in messages)
        left, deleted = contact.unmailed().count(), contact.prune()
        self.stdout.write(f"contact_messages: {ordered} ordered, {left} waiting, {deleted} deleted")
