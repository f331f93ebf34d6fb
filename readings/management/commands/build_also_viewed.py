from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from readings.recommendations import building


class Command(BaseCommand):
    help = (
        "Make the lists « ont aussi consulté » anew from the latest readings. Run it every 10"
        " minutes from a timer; it takes seconds and can be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        built = building.build_lists()
        if built.busy:
            self.stdout.write("build_also_viewed: another build is at work, nothing done")
        else:
            self.stdout.write(
                f"build_also_viewed: {built.lists} lists from {built.readings} readings,"
                f" {built.changed} changed, in {built.seconds:.1f} s"
            )
