from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.medicines import files, importing

MOST_TOLD = 5  # lines that are left out


class Command(BaseCommand):
    help = (
        "Read the files CIS_bdpm.txt and CIS_COMPO_bdpm.txt of the French public medicines "
        "database from a folder, so that the search knows medicines by name. What the files no "
        "longer have is removed. It may be stopped and run again while the site runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="change nothing, count only")
        parser.add_argument(
            "--fewer", action="store_true", help="remove more than half of the medicines if need be"
        )

    def handle(self, *args: Any, folder: Path, dry_run: bool, fewer: bool, **options: Any) -> None:
        try:
            read = files.read(folder)
            with tqdm(
                total=len(read.rows), desc="import_medicines", unit="medicine", disable=None
            ) as progress:
                counts = importing.replace(
                    read.rows, dry_run=dry_run, fewer=fewer, progress=progress.update
                )
        except (files.NotTheFile, importing.TooFew) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        for place in read.left_out[:MOST_TOLD]:
            self.stderr.write(f"left out: {place}")
        self.stdout.write(_summary(read, counts, dry_run=dry_run))


def _summary(read: files.Read, counts: importing.Counts, *, dry_run: bool) -> str:
    to = "to " if dry_run else ""
    verbs = ("add", "change", "remove") if dry_run else ("added", "changed", "removed")
    numbers = (counts.added, counts.changed, counts.removed)
    done = ", ".join(f"{number} {to}{verb}" for number, verb in zip(numbers, verbs, strict=True))
    return (
        f"import_medicines: {len(read.rows)} medicines, {done}, {len(read.left_out)} lines left out"
    )
