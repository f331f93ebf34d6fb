from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from sharing import pictures


class Command(BaseCommand):
    help = (
        "Draw the missing and outdated share pictures of published articles. "
        "Run it daily, after an import and after renaming authors or sections."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stale = list(pictures.stale())
        progress = tqdm(stale, desc="share_pictures", disable=not sys.stderr.isatty())
        drawn = sum(bool(pictures.draw_picture.func(pk)) for pk in progress)
        self.stdout.write(f"share_pictures: {drawn} drawn")
