"""All that a build reads of the database: articles, raw readings, tallies, overrides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from articles.models import Article, TaggedArticle
from readings.models import PairTally, Reading
from readings.recommendations.definition import TallyRow
from readings.recommendations.fallback import PublishedArticle
from readings.recommendations.overrides import Overrides, overrides
from readings.recommendations.spam_filter import RawReading, without_spam

Click = tuple[int, int, int]  # visit, article, Unix seconds


@dataclass(frozen=True)
class Evidence:
    """What was known at one time, `cutoff` in Unix seconds."""

    articles: list[PublishedArticle]
    clicks: list[Click]
    tallies: list[TallyRow]
    overrides: Overrides
    cutoff: int


def gather(now: datetime) -> Evidence:
    """Read the evidence. Five queries."""
    articles = published_articles()
    ids = {article.pk for article in articles}
    readings = raw_readings(until=now)
    return Evidence(
        articles=articles,
        clicks=clicks_of(readings, published=ids, min_visits=settings.ALSO_VIEWED_MIN_VISITS),
        tallies=[row for row in _tallies(now) if row[0] in ids and row[1] in ids],
        overrides=overrides(),
        cutoff=int(now.timestamp()) + 1,
    )


def published_articles() -> list[PublishedArticle]:
    tags = defaultdict(set)
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
    readings: Iterator[RawReading], *, published: set[int], min_visits: int
) -> list[Click]:
    """Return what of these readings the engine may see."""
    kept = without_spam(readings, published=published, min_visits=min_visits)
    return [(reading.visit, reading.article, reading.at) for reading in kept]


def _tallies(now: datetime) -> Iterator[TallyRow]:
    since = timezone.localdate(now - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS))
    rows = PairTally.objects.filter(day__gte=since).order_by()
    return rows.values_list("article", "neighbour", "day", "weight", "visits").iterator()
