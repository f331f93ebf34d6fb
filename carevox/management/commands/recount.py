from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

import articles.counters
import comments.counters
import readings.counters

COUNTERS = {
    "articles and ratings": articles.counters.recount,
    "comments": comments.counters.recount,
    "readings": readings.counters.recount,
}


class Command(BaseCommand):
    help = (
        "Recompute every counter from its rows and print each correction. Run it after work on the"
        " database by hand, or with --check from a timer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit with 1 on any difference"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = 0
        for recount in tqdm(COUNTERS.values(), desc="recount", disable=not sys.stderr.isatty()):
            for correction in recount(check=check):
                self.stdout.write(str(correction))
                found += 1
        noun = "difference" if check else "correction"
        self.stdout.write(f"recount: {found} {noun}{'' if found == 1 else 's'}")
        if check and found:
            sys.exit(1)
