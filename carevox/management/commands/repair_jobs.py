from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from carevox import jobs
from pictures import renditions


class Command(BaseCommand):
    help = (
        "Call jobs failed whose worker died, and order the widths of pictures that have none an"
        " hour after they came. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        dead, ordered = jobs.bury(), renditions.order_missing()
        self.stdout.write(f"repair_jobs: {dead} dead jobs, {ordered} pictures ordered anew")
