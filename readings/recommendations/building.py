"""From evidence to lists: through the engine, then into `AlsoViewed`."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from lib.locks import try_lock
from readings.models import AlsoViewed, Variant
from readings.recommendations import duckdb_engine
from readings.recommendations.definition import ArticleId
from readings.recommendations.evidence import Evidence, gather
from readings.recommendations.experiment import Recipe, recipes
from readings.recommendations.lists import Entry, ListMaker

LOCK = "also-viewed"

# article (None: the site's list) -> entries, best first
Lists = dict[ArticleId | None, list[Entry]]
Key = tuple[str, ArticleId | None]  # variant, article


@dataclass(frozen=True)
class Built:
    """What a build did; `busy`: nothing, for another one was at work."""

    lists: int = 0
    changed: int = 0
    readings: int = 0
    seconds: float = 0.0
    busy: bool = False


def build_lists(*, now: datetime | None = None) -> Built:
    """Make the lists of all published articles anew and write those that changed.

    Does nothing while another build is at work.
    """
    started = time.perf_counter()
    with try_lock(LOCK) as acquired:
        if not acquired:
            return Built(busy=True)
        evidence = gather(now or timezone.now())
        lists = {variant: lists_of(evidence, recipe) for variant, recipe in recipes().items()}
        changed = replace_lists(lists)
        return Built(
            lists=len(lists[Variant.CONTROL]),
            changed=changed,
            readings=evidence.readings_count,
            seconds=time.perf_counter() - started,
        )


def lists_of(evidence: Evidence, recipe: Recipe) -> Lists:
    """Return the list of every article that wants one, and under None the site's.

    The one way to lists: `manage.py also_viewed` measures what this makes.
    """
    learnt = duckdb_engine.compute(
        evidence.clicks,
        cutoff=evidence.cutoff,
        tallies=evidence.tallies,
        tuning=recipe.tuning,
        queries=evidence.wanted,
        known=evidence.known,
    )
    if not recipe.from_readings:
        learnt = replace(learnt, pairs=[])
    maker = ListMaker(
        learnt,
        evidence.articles,
        cutoff=evidence.cutoff,
        trend=recipe.tuning.trend,
        fills=recipe.fills,
    )
    pinned, banned = evidence.overrides.pinned, evidence.overrides.banned
    return {
        article: maker.list_of(
            article,
            pinned=pinned.get(article or 0, ()),
            banned=banned.get(article or 0, frozenset()),
            length=recipe.tuning.top,
        )
        for article in [None, *evidence.wanted]
    }


def replace_lists(lists: Mapping[str, Lists]) -> int:
    """Write the lists that differ from those that are there; return how many differ.

    All in one transaction: readers see the old lists or the new ones. Articles that were deleted
    meanwhile are left out, and so is what was withdrawn, though no page would show it.
    """
    with transaction.atomic():
        wanted = _still_published(lists)
        stored = _stored()
        stale = {key for key, rows in stored.items() if list(rows.values()) != wanted.get(key, [])}
        fresh = [
            key for key, rows in wanted.items() if rows and (key in stale or key not in stored)
        ]
        _delete(pk for key in stale for pk in stored[key])
        AlsoViewed.objects.bulk_create(
            (
                AlsoViewed(
                    article_id=article,
                    variant=variant,
                    rank=rank,
                    neighbour_id=neighbour,
                    source=source,
                )
                for variant, article in fresh
                for rank, (neighbour, source) in enumerate(wanted[variant, article], start=1)
            ),
            batch_size=5000,
        )
    return len(stale.union(fresh))


def _still_published(lists: Mapping[str, Lists]) -> dict[Key, list[Entry]]:
    published = set(Article.objects.published().order_by().values_list("pk", flat=True))
    return {
        (variant, article): [entry for entry in entries if entry[0] in published]
        for variant, of_variant in lists.items()
        for article, entries in of_variant.items()
        if article is None or article in published
    }


def _stored() -> dict[Key, dict[int, Entry]]:
    """Return the lists that are there as row id -> entry, in the order of the ranks."""
    lists: dict[Key, dict[int, Entry]] = defaultdict(dict)
    rows = AlsoViewed.objects.order_by("variant", "article", "rank").values_list(
        "pk", "variant", "article", "neighbour", "source"
    )
    for pk, variant, article, neighbour, source in rows.iterator(chunk_size=10_000):
        lists[variant, article][pk] = (neighbour, source)
    return lists


def _delete(pks: Iterable[int], *, at_once: int = 900) -> None:
    """Delete these rows, never more at once than SQLite takes parameters."""
    ids = list(pks)
    for start in range(0, len(ids), at_once):
        AlsoViewed.objects.filter(pk__in=ids[start : start + at_once]).delete()
