from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editing import autosaves


class Command(BaseCommand):
    help = "Delete what was typed into forms thirty days ago and never saved. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{autosaves.forget_old()} texts that were never saved are forgotten.")
