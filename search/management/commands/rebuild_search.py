from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.models import Article
from search import index


class Command(BaseCommand):
    help = (
        "Compare the search index with the published articles and write what differs. Run it after an upgrade that changes how words are read, "
        "after work on the database by hand, or with --check from a timer. It may be stopped and run again while the site runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit with 1 on any difference"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        sound = index.is_sound()
        with tqdm(
            total=Article.objects.published().count(),
            desc="rebuild_search",
            unit="article",
            disable=None,
        ) as progress:
            done = index.rebuild(check=check, progress=progress.update)
        mended = (
            "" if sound else ", full-text table broken" if check else ", full-text table mended"
        )
        self.stdout.write(
            f"rebuild_search: {done.published} articles, {done.added} {'missing' if check else 'added'}, "
            f"{done.changed} {'out of date' if check else 'changed'}, {done.removed} {'too many' if check else 'removed'}{mended}"
        )
        if check and (done.any or not sound):
            sys.exit(1)
