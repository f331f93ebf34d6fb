from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from authors.security import attempts


class Command(BaseCommand):
    help = (
        "Delete what was counted of tries to sign in and means nothing any more; new tries do it"
        " too. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = 0
        while count := attempts.prune():
            deleted += count
        self.stdout.write(f"forget_attempts: {deleted} deleted")
