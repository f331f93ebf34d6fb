"""The only writer of what stays of readings: `ReadingsOfDay`, its sum `Article.readings_count`, and `BlockTally`.

Both functions are called by `recording.write` under the salt's lock, which puts all writers in a row, and under the locks
of the articles: a row that is not there yet cannot be inserted twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Sum
from django.utils import timezone

from articles.models import Article
from lib.counting import Correction, Numbers, correct
from readings.models import BlockTally, Reading, ReadingsOfDay

Key = TypeVar("Key", bound=Hashable)


def readings_added(readings: Iterable[Reading]) -> None:
    """Add these readings to their articles and days."""
    days = Counter(
        (reading.article_id, timezone.localdate(reading.read_at)) for reading in readings
    )
    articles: Counter[int] = Counter()
    for (article, _day), count in days.items():
        articles[article] += count
    for count, ids in _by_count(articles):
        Article.objects.filter(pk__in=ids).update(readings_count=F("readings_count") + count)
    _add(ReadingsOfDay, "readings_count", ("article_id", "day"), days)


def blocks_used(uses: Iterable[tuple[int, datetime, str, int]]) -> None:
    """Add one for each (article id, time, arm, position)."""
    tallies = Counter(
        (article, timezone.localdate(at), arm, position) for article, at, arm, position in uses
    )
    _add(BlockTally, "count", ("article_id", "day", "arm", "position"), tallies)


def _add(
    model: type[models.Model],
    column: str,
    key: tuple[str, ...],
    counts: Mapping[tuple[Any, ...], int],
) -> None:
    """Add to the rows of these keys, making those that are missing. The number of queries is that of the distinct counts."""
    rows = model._default_manager.filter(
        article__in={each[0] for each in counts}, day__in={each[1] for each in counts}
    ).order_by()
    found = {tuple(values): pk for pk, *values in rows.values_list("pk", *key)}
    for count, pks in _by_count(
        {found[each]: count for each, count in counts.items() if each in found}
    ):
        model._default_manager.filter(pk__in=pks).update(**{column: F(column) + count})
    missing = sorted(each for each in counts if each not in found)
    model._default_manager.bulk_create(
        model(**dict(zip(key, each, strict=True)), **{column: counts[each]}) for each in missing
    )


def _by_count(counts: Mapping[Key, int]) -> Iterable[tuple[int, list[Key]]]:
    groups = defaultdict(list)
    for key, count in counts.items():
        groups[count].append(key)
    return groups.items()


def recount(*, check: bool) -> list[Correction]:
    """Compare every article's readings with the days they came on; write the right numbers unless `check`."""
    return list(
        correct(
            Article,
            ("readings_count",),
            _readings_of_articles,
            definition="SELECT sum(readings_count) FROM readings_readingsofday WHERE article_id = id",
            check=check,
        )
    )


def _readings_of_articles(ids: Collection[int] | None) -> Numbers:
    rows = (
        ReadingsOfDay.objects.order_by()
        if ids is None
        else ReadingsOfDay.objects.order_by().filter(article__in=ids)
    )
    return {
        pk: (total,) for pk, total in rows.values_list("article").annotate(Sum("readings_count"))
    }


def shuffle_out(day: date) -> None:
    """Write the day's rows anew in the order of the articles, so that no row's number tells which came first. Call in a transaction."""
    _rewrite(ReadingsOfDay, ("article_id",), day)
    _rewrite(BlockTally, ("article_id", "arm", "position"), day)


def _rewrite(model: type[models.Model], key: tuple[str, ...], day: date) -> None:
    rows = list(model._default_manager.filter(day=day).order_by(*key))
    model._default_manager.filter(day=day).delete()
    for row in rows:
        row.pk = None
    model._default_manager.bulk_create(rows)
