from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from care import likeness


class Command(BaseCommand):
    help = (
        "Learn anew what danger looks like from care/data/phrasings/, after a phrase was added "
        "there. It takes some seconds and writes care/data/likeness.json, which is kept with the "
        "code."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        likeness.learn()
        danger, harmless = likeness.danger_phrasings(), likeness.harmless_phrasings()
        self.stdout.write(f"learn_danger: {len(danger)} phrases of danger, {len(harmless)} others")
