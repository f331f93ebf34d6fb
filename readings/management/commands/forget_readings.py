from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from readings import retention


class Command(BaseCommand):
    help = (
        "Keep the promise of the privacy page: renew the day's salt, turn readings into tallies and"
        " delete them before they are 48 hours old. Run it every hour from a timer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = retention.forget()
        self.stdout.write(
            f"forget_readings: {done.days} days closed, {done.readings} readings deleted,"
            f" {done.tallied} pairs tallied, {done.old_tallies} old tallies dropped"
        )
