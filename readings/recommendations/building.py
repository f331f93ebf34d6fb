"""From readings to lists: evidence out of the database, through the engine, back as `AlsoViewed` in one transaction."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.models import Article, TaggedArticle
from lib.locks import try_lock
from readings.models import AlsoViewed, Arm, Choice, PairTally, Reading
from readings.recommendations import engine
from readings.recommendations.engine import Tuning
from readings.recommendations.fallback import Back, Entry, Subject, filled
from readings.recommendations.spam_filter import Read, trusted

LENGTH = 10  # stored; half of it is shown, the rest stands in for what is withdrawn or banned before the next build
LOCK = "also-viewed"

Lists = dict[int | None, list[Entry]]  # article id (None: the site's list) -> entries, best first


@dataclass(frozen=True)
class Built:
    """What a build did; `busy`: nothing, for another one was at work."""

    lists: int = 0
    changed: int = 0
    readings: int = 0
    seconds: float = 0.0
    busy: bool = False


@dataclass(frozen=True)
class Evidence:
    """All that a build looks at, as it was at one time."""

    subjects: list[Subject]
    clicks: list[tuple[int, int, int]]  # visit, article, Unix seconds
    tallies: list[engine.PairTally]  # article, neighbour, day, weight, visits
    pinned: Mapping[int, list[int]]
    banned: Mapping[int, frozenset[int]]
    cutoff: int


def build(*, now: datetime | None = None) -> Built:
    """Make the lists of all published articles anew and write those that changed. Does nothing while another build is at work."""
    started = time.perf_counter()
    with try_lock(LOCK) as acquired:
        if not acquired:
            return Built(busy=True)
        evidence = gather(now or timezone.now())
        lists = {arm: lists_of(evidence, setting) for arm, setting in arms().items()}
        changed = replace_lists(lists)
        return Built(
            len(lists[Arm.USUAL]), changed, len(evidence.clicks), time.perf_counter() - started
        )


@dataclass(frozen=True)
class Setting:
    """How one arm's lists are made."""

    tuning: Tuning
    from_readings: bool = True


def arms() -> dict[str, Setting]:
    """Return the site's setting and, if there is a trial, the one on trial."""
    usual = Setting(
        Tuning(
            r0=settings.ALSO_VIEWED_R0,
            min_visits=settings.ALSO_VIEWED_MIN_VISITS,
            window_hours=settings.ALSO_VIEWED_WINDOW_HOURS,
            top=LENGTH,
        )
    )
    if not settings.ALSO_VIEWED_TRIAL:
        return {Arm.USUAL: usual}
    if settings.ALSO_VIEWED_TRIAL == "back-off":
        return {Arm.USUAL: usual, Arm.TRIAL: replace(usual, from_readings=False)}
    return {
        Arm.USUAL: usual,
        Arm.TRIAL: replace(
            usual,
            tuning=replace(usual.tuning, r0=float(settings.ALSO_VIEWED_TRIAL.partition("=")[2])),
        ),
    }


def gather(now: datetime) -> Evidence:
    """Read the evidence. Five queries."""
    tags = defaultdict(set)
    for article, tag in TaggedArticle.objects.order_by().values_list("content_object", "tag"):
        tags[article].add(tag)
    published = Article.objects.published().order_by().values_list("pk", "section", "published_at")
    subjects = [
        Subject(pk, section, frozenset(tags[pk]), at.timestamp() if at else 0.0)
        for pk, section, at in published.iterator()
    ]
    ids = {subject.article for subject in subjects}
    clicks = trusted(reads(until=now), published=ids, min_visits=settings.ALSO_VIEWED_MIN_VISITS)
    since = timezone.localdate(now - timedelta(hours=settings.ALSO_VIEWED_WINDOW_HOURS))
    tallies = (
        PairTally.objects.filter(day__gte=since)
        .order_by()
        .values_list("article", "neighbour", "day", "weight", "visits")
    )
    pinned, banned = choices()
    return Evidence(
        subjects=subjects,
        clicks=[(read.visit, read.article, read.at) for read in clicks],
        tallies=[tally for tally in tallies.iterator() if tally[0] in ids and tally[1] in ids],
        pinned=pinned,
        banned=banned,
        cutoff=int(now.timestamp()) + 1,
    )


def reads(*, since: datetime | None = None, until: datetime) -> Iterator[Read]:
    """Yield the raw readings in the order of time, each visit under a number of its own."""
    rows = Reading.objects.filter(read_at__lt=until).in_time_order()
    rows = rows.filter(read_at__gte=since) if since else rows
    numbers: dict[tuple[int, int], int] = {}
    for visitor, visit, article, network, at in rows.values_list(
        "visitor", "visit", "article", "network", "read_at"
    ).iterator(chunk_size=10_000):
        number = numbers.setdefault((visitor, visit), len(numbers))
        yield Read(number, article, network, int(at.timestamp()), timezone.localdate(at))


def choices(
    article: Article | None = None,
) -> tuple[dict[int, list[int]], dict[int, frozenset[int]]]:
    """Return what editors impose on each article's list (or on this one's), the latest first, and what they ban from it."""
    pinned: dict[int, list[int]] = defaultdict(list)
    banned: dict[int, set[int]] = defaultdict(set)
    rows = Choice.objects.filter(neighbour__status=Article.Status.PUBLISHED).order_by(
        "-decided_at", "-pk"
    )
    rows = rows.filter(article=article) if article else rows
    for chosen_for, neighbour, kind in rows.values_list("article", "neighbour", "kind"):
        if kind == Choice.Kind.PIN:
            pinned[chosen_for].append(neighbour)
        else:
            banned[chosen_for].add(neighbour)
    return pinned, {article: frozenset(neighbours) for article, neighbours in banned.items()}


def lists_of(evidence: Evidence, setting: Setting) -> Lists:
    """Return the list of every published article, and under None the site's."""
    ids = [subject.article for subject in evidence.subjects]
    learnt: dict[int, list[int]] = defaultdict(list)
    if setting.from_readings:
        rows = engine.compute(
            evidence.clicks,
            cutoff=evidence.cutoff,
            tallies=evidence.tallies,
            tuning=setting.tuning,
            queries=ids,
            fill=False,
        )
        for article, neighbour, _rank in rows:
            learnt[int(article)].append(int(neighbour))
    now = {
        int(article): share
        for article, share in engine.trending(
            evidence.clicks, cutoff=evidence.cutoff, tuning=setting.tuning
        )
        if share > 0
    }
    back = Back(evidence.subjects, now) if settings.ALSO_VIEWED_BACK_OFF else None
    return {
        article: filled(
            article,
            learnt.get(article or 0, ()),
            back,
            pinned=evidence.pinned.get(article or 0, ()),
            banned=evidence.banned.get(article or 0, frozenset()),
            length=LENGTH,
        )
        for article in [None, *ids]
    }


def replace_lists(lists: Mapping[str, Lists]) -> int:
    """Write the lists that differ from those that are there, all in one transaction; return how many differ.

    Readers see the old lists or the new ones. Articles that were deleted meanwhile are left out, and so is what was
    withdrawn, though the page would not show it anyway.
    """
    with transaction.atomic():
        published = set(Article.objects.published().order_by().values_list("pk", flat=True))
        wanted = {
            (arm, article): [entry for entry in entries if entry[0] in published]
            for arm, of_arm in lists.items()
            for article, entries in of_arm.items()
            if article is None or article in published
        }
        stored = _stored()
        stale = [
            key for key, rows in stored.items() if [row[1] for row in rows] != wanted.get(key, [])
        ]
        fresh = [
            key
            for key, entries in wanted.items()
            if entries and (key in stale or key not in stored)
        ]
        _delete(pk for key in stale for pk, _entry in stored[key])
        AlsoViewed.objects.bulk_create(
            (
                AlsoViewed(
                    article_id=article, arm=arm, rank=rank, neighbour_id=neighbour, source=source
                )
                for arm, article in fresh
                for rank, (neighbour, source) in enumerate(wanted[arm, article], start=1)
            ),
            batch_size=5000,
        )
    return len({*stale, *fresh})


def _stored() -> dict[tuple[str, int | None], list[tuple[int, Entry]]]:
    """Return (arm, article id) -> the rows' (id, entry) in the order of the ranks."""
    lists: dict[tuple[str, int | None], list[tuple[int, Entry]]] = defaultdict(list)
    rows = AlsoViewed.objects.order_by("arm", "article", "rank").values_list(
        "pk", "arm", "article", "neighbour", "source"
    )
    for pk, arm, article, neighbour, source in rows.iterator(chunk_size=10_000):
        lists[arm, article].append((pk, (neighbour, source)))
    return lists


def _delete(pks: Iterable[int], *, at_once: int = 900) -> None:
    ids = list(pks)
    for start in range(0, len(ids), at_once):
        AlsoViewed.objects.filter(pk__in=ids[start : start + at_once]).delete()
