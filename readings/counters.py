"""The only writer of what stays of readings.

That is `ReadingsOfDay`, its sum `Article.readings_count`, and `BlockTally`. The beacon's recording
calls `readings_added` and `blocks_used` under the salt's lock, which puts all writers in a row, and
under the locks of the articles: a row that is not there yet cannot be inserted twice.
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
DEFINITION = "SELECT sum(readings_count) FROM readings_readingsofday WHERE article_id = id"


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
    """Add one for each (article id, time, variant, position)."""
    tallies = Counter(
        (article, timezone.localdate(at), variant, position)
        for article, at, variant, position in uses
    )
    _add(BlockTally, "count", ("article_id", "day", "variant", "position"), tallies)


def _add(
    model: type[models.Model],
    column: str,
    key: tuple[str, ...],
    counts: Mapping[tuple[Any, ...], int],
) -> None:
    """Add to the rows of these keys (article id, day, ...), making those that are missing.

    One query a distinct count, and two.
    """
    rows = model._default_manager.filter(
        article__in={values[0] for values in counts}, day__in={values[1] for values in counts}
    ).order_by()
    found = {tuple(values): pk for pk, *values in rows.values_list("pk", *key)}
    known = {found[values]: count for values, count in counts.items() if values in found}
    for count, pks in _by_count(known):
        model._default_manager.filter(pk__in=pks).update(**{column: F(column) + count})
    missing = {values: count for values, count in counts.items() if values not in found}
    model._default_manager.bulk_create(
        model(**dict(zip(key, values, strict=True)), **{column: missing[values]})
        for values in sorted(missing)
    )


def _by_count(counts: Mapping[Key, int]) -> Iterable[tuple[int, list[Key]]]:
    groups = defaultdict(list)
    for key, count in counts.items():
        groups[count].append(key)
    return groups.items()


def recount(*, check: bool) -> list[Correction]:
    """Compare every article's count with the days it comes from; mend it unless `check`."""
    fields = ("readings_count",)
    corrections = correct(
        Article, fields, _readings_of_articles, definition=DEFINITION, check=check
    )
    return list(corrections)


def _readings_of_articles(ids: Collection[int] | None) -> Numbers:
    rows = ReadingsOfDay.objects.order_by()
    if ids is not None:
        rows = rows.filter(article__in=ids)
    sums = rows.values_list("article").annotate(Sum("readings_count"))
    return {article: (total,) for article, total in sums}


def erase_order(day: date) -> None:
    """Write the day's rows anew in the order of the articles. Call in a transaction.

    Otherwise the rows' numbers would tell which article was read first.
    """
    _rewrite(ReadingsOfDay, ("article_id",), day)
    _rewrite(BlockTally, ("article_id", "variant", "position"), day)


def _rewrite(model: type[models.Model], key: tuple[str, ...], day: date) -> None:
    rows = list(model._default_manager.filter(day=day).order_by(*key))
    model._default_manager.filter(day=day).delete()
    for row in rows:
        row.pk = None
    model._default_manager.bulk_create(rows)
