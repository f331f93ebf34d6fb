from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from lib.decisions import purging


class Command(flush.Command):
    """Django's own, which on SQLite deletes row by row what the triggers of decisions keep."""

    def handle(self, *args: Any, **options: Any) -> None:
        with purging("the whole database", using=options["database"]):
            super().handle(*args, **options)
