from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from authors.entrance import unconfirmed


class Command(BaseCommand):
    help = (
        "Delete accounts whose address was not confirmed within UNCONFIRMED_DAYS, so that their"
        " pseudonyms are free again. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"forget_unconfirmed: {unconfirmed.forget()} deleted")
