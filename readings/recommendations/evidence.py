"""All that lists are made of, read from the database or, to measure, from files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, inf
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from articles.models import Article, TaggedArticle
from readings.models import PairTally, Reading
from readings.recommendations import click_log
from readings.recommendations.click_log import Facts
from readings.recommendations.definition import ArticleId, TallyRow, Tuning
from readings.recommendations.lists import PublishedArticle
from readings.recommendations.overrides import Overrides, overrides
from readings.recommendations.spam_filter import RawReading, without_spam

Click = tuple[int, int, int]  # visit, article, Unix seconds
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
NO_FACTS = Facts("", None, frozenset())


@dataclass(frozen=True)
class Evidence:
    """What was known at one time, `cutoff` in Unix seconds.

    `known` are the articles that enough networks have read; `wanted` those that are to have a list.
    """

    articles: list[PublishedArticle]
    clicks: list[Click] | Path
    known: Collection[ArticleId]
    tallies: list[TallyRow]
    overrides: Overrides
    cutoff: int
    wanted: list[ArticleId]

    @property
    def readings_count(self) -> int:
        return 0 if isinstance(self.clicks, Path) else len(self.clicks)


def gather(now: datetime) -> Evidence:
    """Read the evidence of the site. Five queries."""
    cutoff = ceil(now.timestamp())
    since = datetime.fromtimestamp(cutoff, UTC) - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS)
    articles = published_articles()
    ids = {int(article.pk) for article in articles}
    clicks, known = clicks_of(
        raw_readings(since=since, until=now),
        published=ids,
        min_visits=settings.ALSO_VIEWED_MIN_VISITS,
    )
    return Evidence(
        articles=articles,
        clicks=clicks,
        known=known,
        tallies=[row for row in _tallies(now) if row[0] in ids and row[1] in ids],
        overrides=overrides(),
        cutoff=cutoff,
        wanted=[article.pk for article in articles],
    )


def of_log(
    clicks: Path, *, cutoff: int, tuning: Tuning, wanted: list[str], facts: dict[str, Facts]
) -> Evidence:
    """Read the evidence of a click log, where each visit comes from a network of its own.

    An article is there from when it was published or, where `facts` does not tell, from when it was
    first read. Raises BadLog.
    """
    log = click_log.logged_articles(clicks, cutoff=cutoff, tuning=tuning)
    ids = {*log.first_read, *wanted, *facts}
    id_of = _numbers_or_texts(ids)

    def described(article: str) -> PublishedArticle:
        of_file, read_at = facts.get(article, NO_FACTS), log.first_read.get(article, inf)
        published = read_at if of_file.published is None else of_file.published
        return PublishedArticle(id_of[article], of_file.section, of_file.keywords, published)

    return Evidence(
        articles=[described(article) for article in ids],
        clicks=clicks,
        known=[id_of[article] for article in log.known],
        tallies=[],
        overrides=Overrides({}, {}),
        cutoff=cutoff,
        wanted=[id_of[article] for article in dict.fromkeys(wanted)],
    )


def _numbers_or_texts(ids: Collection[str]) -> dict[str, ArticleId]:
    """Return these ids as numbers if they all are: equals are ordered by them, 9 before 10."""
    if all(WHOLE_NUMBER.fullmatch(each) for each in ids):
        return {each: int(each) for each in ids}
    return {each: each for each in ids}


def published_articles() -> list[PublishedArticle]:
    tags: dict[int, set[int]] = defaultdict(set)
    for article, tag in TaggedArticle.objects.order_by().values_list("content_object", "tag"):
        tags[article].add(tag)
    rows = Article.objects.published().order_by().values_list("pk", "section", "published_at")
    return [
        PublishedArticle(pk, section, frozenset(tags[pk]), at.timestamp() if at else 0.0)
        for pk, section, at in rows.iterator()
    ]


def raw_readings(*, since: datetime | None = None, until: datetime) -> Iterator[RawReading]:
    """Yield the raw readings in the order of time, each visit under a number of its own."""
    rows = Reading.objects.filter(read_at__lt=until).in_time_order()
    if since:
        rows = rows.filter(read_at__gte=since)
    numbers: dict[tuple[int, int], int] = {}
    for visitor, visit, article, network, at in rows.values_list(
        "visitor", "visit", "article", "network", "read_at"
    ).iterator(chunk_size=10_000):
        number = numbers.setdefault((visitor, visit), len(numbers))
        yield RawReading(number, article, network, int(at.timestamp()), timezone.localdate(at))


def clicks_of(
    readings: Iterable[RawReading], *, published: Collection[int], min_visits: int
) -> tuple[list[Click], set[int]]:
    """Return what of these readings the engine may see, and the articles that teach anything."""
    kept, known = without_spam(readings, published=published, min_visits=min_visits)
    return [(reading.visit, reading.article, reading.at) for reading in kept], known


def _tallies(now: datetime) -> Iterator[TallyRow]:
    since = timezone.localdate(now - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS))
    rows = PairTally.objects.filter(day__gte=since).order_by()
    return rows.values_list("article", "neighbour", "day", "weight", "visits").iterator()
