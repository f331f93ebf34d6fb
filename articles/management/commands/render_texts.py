from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles import rerender
from articles.models import Article


class Command(BaseCommand):
    help = (
        "Derive anew what the page shows of every article, and which pictures its text uses, and "
        "write what differs. Run it once after an upgrade that changes how texts or their pictures "
        "are shown, or after texts were written by other ways than the site's. It may be stopped "
        "and run again while the site runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(
            total=Article.objects.count(), desc="render_texts", unit="article", disable=None
        ) as progress:
            done = rerender.derive_all(progress.update)
        self.stdout.write(f"render_texts: {done} changed")
