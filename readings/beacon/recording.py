"""Readings in: from signs that browsers send to rows and counts, many at once, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from articles.models import Article
from readings import counters, salt
from readings.models import Reading
from readings.recommendations.experiment import arm_of

IDLE = timedelta(minutes=30)  # ends a visit
MOST_ARTICLES = 20  # kept of one visit
MOST_VISITS = 60  # of one visitor and day: more than a day has room for
LAST_POSITION = 5

Act = Literal["read", "shown", "followed"]


@dataclass(frozen=True, slots=True)
class Sign:
    """What a browser tells: the article was read, its block was seen, the entry at `position` was followed."""

    act: Act
    article: int
    visitor: int
    network: int
    at: datetime
    reader: int | None = None  # the signed-in author, whose own articles do not count
    position: int = 0


@dataclass
class Visit:
    """The visit that a visitor is in."""

    number: int
    last_at: datetime
    articles: set[int] = field(default_factory=set)


def write(signs: Sequence[Sign]) -> int:
    """Keep what counts of these signs; return how many readings that were. About twelve queries for a full batch."""
    with transaction.atomic():
        salt.locked()
        readings = _kept([sign for sign in signs if sign.act == "read"])
        if readings:
            Reading.objects.bulk_create(readings)
            counters.readings_added(readings)
        _note_blocks([sign for sign in signs if sign.act != "read"])
    return len(readings)


def _kept(signs: list[Sign]) -> list[Reading]:
    if not signs:
        return []
    authors = _authors({sign.article for sign in signs})
    signs = sorted(
        (
            sign
            for sign in signs
            if sign.article in authors and sign.reader != authors[sign.article]
        ),
        key=lambda sign: sign.at,
    )
    visits, allowance = _visits({sign.visitor for sign in signs}), Allowance(signs)
    kept = []
    for sign in signs:
        visit = visits.get(sign.visitor)
        if visit is None or sign.at - visit.last_at > IDLE:
            visit = visits[sign.visitor] = Visit(visit.number + 1 if visit else 0, sign.at)
        if (
            sign.article in visit.articles
            or len(visit.articles) >= MOST_ARTICLES
            or visit.number >= MOST_VISITS
            or not allowance.take(sign)
        ):
            continue
        visit.articles.add(sign.article)
        visit.last_at = max(visit.last_at, sign.at)
        kept.append(
            Reading(
                article_id=sign.article,
                visitor=sign.visitor,
                visit=visit.number,
                network=sign.network,
                read_at=sign.at,
            )
        )
    return kept


def _authors(articles: Collection[int]) -> dict[int, int]:
    """Lock the published ones of these articles in the order of their ids; return article id -> author id."""
    rows = (
        Article.objects.select_for_update(no_key=True)
        .published()
        .filter(pk__in=articles)
        .order_by("pk")
    )
    return dict(rows.values_list("pk", "author"))


def _visits(visitors: Collection[int]) -> dict[int, Visit]:
    """Return the last visit of each of these visitors who was here today."""
    visits: dict[int, Visit] = {}
    rows = (
        Reading.objects.filter(visitor__in=visitors)
        .order_by("visit", "read_at")
        .values_list("visitor", "visit", "read_at", "article")
    )
    for visitor, number, read_at, article in rows:
        if visitor not in visits or visits[visitor].number != number:
            visits[visitor] = Visit(number, read_at)
        visits[visitor].last_at = read_at
        visits[visitor].articles.add(article)
    return visits


class Allowance:
    """What is left to each network: some readings a minute, and some of one article a day."""

    def __init__(self, signs: list[Sign]) -> None:
        networks = {sign.network for sign in signs}
        since = min((sign.at for sign in signs), default=None)
        recent = (
            Reading.objects.filter(network__in=networks, read_at__gte=_minute(since))
            if since
            else Reading.objects.none()
        )
        self.minutes = Counter(
            (network, _minute(at)) for network, at in recent.values_list("network", "read_at")
        )
        rows = Reading.objects.filter(
            network__in=networks, article__in={sign.article for sign in signs}
        ).order_by()
        self.articles = Counter(
            {
                (network, article): n
                for network, article, n in rows.values_list("network", "article").annotate(
                    Count("pk")
                )
            }
        )

    def take(self, sign: Sign) -> bool:
        minute, article = (sign.network, _minute(sign.at)), (sign.network, sign.article)
        if (
            self.minutes[minute] >= settings.READINGS_PER_NETWORK_MINUTE
            or self.articles[article] >= settings.READINGS_PER_NETWORK_ARTICLE
        ):
            return False
        self.minutes[minute] += 1
        self.articles[article] += 1
        return True


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _note_blocks(signs: list[Sign]) -> None:
    """Count a block that was seen or followed once a reading; without a reading it does not count."""
    if not signs:
        return
    found = _latest(signs)
    shown, followed = {}, {}
    for sign in signs:
        reading = found.get((sign.visitor, sign.article))
        if reading is None:
            continue
        if not reading.block_shown:
            shown[reading.pk] = (sign, 0)
            reading.block_shown = True
        if (
            sign.act == "followed"
            and not reading.block_followed
            and 1 <= sign.position <= LAST_POSITION
        ):
            followed[reading.pk] = (sign, sign.position)
            reading.block_followed = True
    Reading.objects.filter(pk__in=shown).update(block_shown=True)
    Reading.objects.filter(pk__in=followed).update(block_followed=True)
    counters.blocks_used(
        (sign.article, sign.at, arm_of(sign.visitor), position)
        for sign, position in [*shown.values(), *followed.values()]
    )


def _latest(signs: Iterable[Sign]) -> dict[tuple[int, int], Reading]:
    """Return the last reading of each visitor and article."""
    articles = defaultdict(set)
    for sign in signs:
        articles[sign.visitor].add(sign.article)
    rows = Reading.objects.filter(
        visitor__in=articles, article__in=set().union(*articles.values())
    ).order_by("visit")
    return {(reading.visitor, reading.article_id): reading for reading in rows}
