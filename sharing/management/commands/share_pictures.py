from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from sharing import pictures


class Command(BaseCommand):
    help = "Draw the missing and outdated share pictures of published articles. Run it daily, after an import and after renaming authors or sections."

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = sum(
            bool(pictures.make.func(pk))
            for pk in tqdm(
                list(pictures.stale()), desc="share_pictures", disable=not sys.stderr.isatty()
            )
        )
        self.stdout.write(f"share_pictures: {drawn} drawn")
