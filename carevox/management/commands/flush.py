from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from lib.decisions import purging


class Command(flush.Command):
    """Django's own, which on SQLite deletes row by row what the triggers of decisions keep."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask first: the question must hold no lock of writers, and a no is no purge."""
        if options["interactive"] and not self._is_wanted(options["database"]):
            self.stdout.write("Flush cancelled.")
            return
        with purging("the whole database", using=options["database"]):
            super().handle(*args, **{**options, "interactive": False})

    def _is_wanted(self, database: str) -> bool:
        self.stdout.write(f"This deletes every row of the database {database!r} for good.")
        return input('Type "yes" to continue: ') == "yes"
