"""A site on which the visits of a click log happen again, and whose pages are asked for lists."""

from __future__ import annotations

import os
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import django

if TYPE_CHECKING:
    from benchmarks.replay import Click, Lists, Slot


def set_up(folder: Path, *, window_hours: float) -> None:
    """Make an empty site in the folder. Once a process."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="benchmarks.settings",
        DATA_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{folder / 'site.sqlite3'}",
        ALSO_VIEWED_WINDOW_HOURS=str(window_hours),
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def section_of(article: str, sections: int) -> int:
    """Return one of so many sections, the same for the same article, that means nothing."""
    return crc32(article.encode()) % sections


def in_their_order(article: tuple[str, int]) -> tuple[int, str]:
    """Order numbers as numbers: the id decides between equals, on the site and in the command."""
    return len(article[0]), article[0]


class ReplayedSite:
    """Its articles are published when they are first read; each visit has a network of its own.

    `forgets`: raw readings become tallies after two days, as on every site; otherwise they are kept
    for the whole window, so that the site knows what the command knows.
    """

    def __init__(
        self, clicks: list[Click], times: list[int], *, sections: int, forgets: bool = False
    ) -> None:
        self.clicks, self.times, self.forgets = clicks, times, forgets
        self.sections = sections
        self.number = {article: 0 for _visit, article, _ts in clicks}
        self.visit = {visit: n for n, visit in enumerate(dict.fromkeys(row[0] for row in clicks))}
        self.written = 0
        self.read: set[tuple[str, str]] = set()

    def __call__(self, slot: Slot) -> Lists:
        from readings import retention
        from readings.recommendations import building

        now = datetime.fromtimestamp(slot.cutoff, UTC)
        if not self.written:
            self._begin()
        self._happen(slot.cutoff)
        if self.forgets:
            retention.forget(now=now)
        else:
            self._drop_before(now)
        building.build_lists(now=now)
        name = {pk: article for article, pk in self.number.items()}
        return {
            article: [name[pk] for pk in self._shown(self.number[article])]
            for article in slot.asked
        }

    def _begin(self) -> None:
        """Make the articles, none of them published; whatever an earlier replay left is deleted."""
        from articles.models import Article
        from authors.models import Author
        from readings.models import AlsoViewed, PairTally, Reading
        from taxonomy.models import Section

        for model in (AlsoViewed, Reading, PairTally, Article):
            model.objects.all()._raw_delete("default")
        first: dict[str, int] = {}
        for _visit, article, ts in self.clicks:
            first.setdefault(article, ts)
        in_order = sorted(first.items(), key=in_their_order)
        sections = [
            Section.objects.get_or_create(name=f"Rubrique {n}", parent=None)[0]
            for n in range(self.sections)
        ]
        author, _new = Author.objects.get_or_create(pseudonym="Alice", role="WRITER")
        rows = Article.objects.bulk_create(
            Article(
                section=sections[section_of(article, self.sections)],
                author=author,
                title=f"Article {article}",
                slug="article",
                body="<p>…</p>",
                published_at=datetime.fromtimestamp(ts, UTC),
            )
            for article, ts in in_order
        )
        self.number = {article: row.pk for (article, _ts), row in zip(in_order, rows, strict=True)}

    def _happen(self, until: int) -> None:
        """Publish what is first read before this time, and write the readings."""
        from articles.models import Article
        from readings.models import Reading

        end = bisect_left(self.times, until)
        new = []
        for visit, article, ts in self.clicks[self.written : end]:
            if (visit, article) not in self.read:  # an article counts once a visit
                self.read.add((visit, article))
                new.append(
                    Reading(
                        article_id=self.number[article],
                        visitor=self.visit[visit],
                        visit=0,
                        network=self.visit[visit],
                        read_at=datetime.fromtimestamp(ts, UTC),
                    )
                )
        Reading.objects.bulk_create(new, batch_size=5000)
        moment = datetime.fromtimestamp(until, UTC)
        waiting = Article.objects.filter(published_at__lt=moment).exclude(status="PUBLISHED")
        waiting.update(status="PUBLISHED")
        self.written = end

    def _drop_before(self, now: datetime) -> None:
        from django.conf import settings

        from readings.models import Reading

        since = now - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS)
        Reading.objects.filter(read_at__lt=since).delete()

    def _shown(self, pk: int) -> list[int]:
        """Return what the block at the foot of the article's page holds."""
        from articles.models import Article
        from readings.templatetags.readings_tags import also_viewed

        entries = also_viewed({"sections": None}, Article(pk=pk))["entries"]
        return [entry.neighbour_id for entry in entries]
