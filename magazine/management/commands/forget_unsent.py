from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from magazine import unsent


class Command(BaseCommand):
    help = (
        "Keep the promise of the privacy page: delete what visitors typed and did not send before"
        " it is an hour old. Run it every five minutes from a timer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"forget_unsent: {unsent.clear()} texts deleted")
