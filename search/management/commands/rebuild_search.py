from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.models import Article
from finding import index as finding
from search import index


class Command(BaseCommand):
    help = (
        "Compare the search index with the published articles, and the words by which the admin "
        "finds rows with these, and write what differs. "
        "Run it after an upgrade that changes how words are read, after work on the database "
        "by hand, or with --check from a timer. "
        "It may be stopped and run again while the site runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit with 1 on any difference"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        sound = index.is_sound()
        total = Article.objects.published().count()
        with tqdm(total=total, desc="rebuild_search", unit="article", disable=None) as progress:
            counts = index.rebuild(check=check, progress=progress.update)
        self.stdout.write(_summary(counts, check=check, sound=sound))
        with tqdm(desc="lists of the admin", unit="row", disable=None) as progress:
            written, gone = finding.rebuild(check=check, progress=progress.update)
        self.stdout.write(f"lists of the admin: {written} rows to write, {gone} too many")
        if check and (counts.any or not sound or written or gone):
            sys.exit(1)


def _summary(counts: index.IndexCounts, *, check: bool, sound: bool) -> str:
    added, changed, removed, mended = (
        ("missing", "out of date", "too many", "broken")
        if check
        else ("added", "changed", "removed", "mended")
    )
    summary = (
        f"rebuild_search: {counts.published} articles, {counts.added} {added}, "
        f"{counts.changed} {changed}, {counts.removed} {removed}"
    )
    return summary if sound else f"{summary}, full-text table {mended}"
