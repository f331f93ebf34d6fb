"""The invented readers: whom they are like, and what lists come of them."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from demo.readings import DAYS, LONGEST, Library, ReadableArticle, beacons_of
from readings.models import AlsoViewed, Variant
from readings.recommendations.definition import Tuning, define
from readings.recommendations.lists import ListMaker, PublishedArticle

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)


def magazine(seed, articles=25):
    """Twenty-five articles of five subjects, each with a keyword that others have too."""
    articles = [
        ReadableArticle(n, (f"section {n % 5}", f"tag {n % 8}"), LONG_AGO) for n in range(articles)
    ]
    return Library(articles, random.Random(seed))


def visits(library, number=1500):
    found = {}
    for beacon in beacons_of(library, number, NOW):
        found.setdefault(beacon.visitor, []).append(beacon)
    return list(found.values())


def most_lists(lists):
    """Return in which part of the lists the article stands that stands in most."""
    return max(Counter(b for row in lists for b in row).values()) / len(lists)


def test_same_seed_gives_the_same_visits():
    assert visits(magazine(7), 50) == visits(magazine(7), 50)
    assert visits(magazine(7), 50) != visits(magazine(8), 50)


def test_visits_are_bounded_in_length_and_time():
    for visit in visits(magazine(1)):
        articles, times = [b.article for b in visit], [b.at for b in visit]
        assert 1 <= len(articles) == len(set(articles)) <= LONGEST
        assert all(
            timedelta(seconds=20) <= later - at <= timedelta(minutes=30)
            for at, later in zip(times, times[1:], strict=False)
        )
        assert NOW - timedelta(days=DAYS + 1) <= times[0] <= times[-1] <= NOW


def test_visit_keeps_to_its_subject_more_than_chance_would():
    def share_a_subject(a, b):
        return a % 5 == b % 5 or a % 8 == b % 8

    steps = [
        (x.article, y.article)
        for visit in visits(magazine(1))
        for x, y in zip(visit, visit[1:], strict=False)
    ]
    by_chance = sum(share_a_subject(a, b) for a in range(25) for b in range(25) if a != b) / 600
    assert sum(share_a_subject(a, b) for a, b in steps) / len(steps) > 2 * by_chance


def test_what_is_published_later_is_not_read():
    new = ReadableArticle(1, ("a",), NOW - timedelta(days=1))
    library = Library([ReadableArticle(0, ("a",), LONG_AGO), new], random.Random(1))
    read = [beacon for visit in visits(library, 300) for beacon in visit]
    assert {beacon.article for beacon in read} == {0, 1}
    assert min(beacon.at for beacon in read if beacon.article == 1) >= new.published


@pytest.mark.parametrize("seed", range(5))
def test_no_article_stands_in_most_of_the_lists(seed):
    library = magazine(seed)
    clicks = [
        (n, beacon.article, int(beacon.at.timestamp()))
        for n, visit in enumerate(visits(library))
        for beacon in visit
    ]
    cutoff = int(NOW.timestamp())
    learnt = define(clicks, cutoff=cutoff, tuning=Tuning(window_hours=720))
    articles = [PublishedArticle(pk, 0, frozenset(), 0.0) for pk in library.articles]
    maker = ListMaker(learnt, articles, cutoff=cutoff, trend=6.0)
    lists = [[b for b, _source in maker.list_of(pk, length=5)] for pk in library.articles]
    assert most_lists(lists) <= 0.4
    assert len({b for row in lists for b in row}) >= 20


@pytest.mark.untraced
@pytest.mark.parametrize("hour", [5, 13, 21])
def test_lists_of_the_demo_are_spread_at_any_time_of_day(db, settings, monkeypatch, hour):
    settings.DEBUG = True
    monkeypatch.setattr(timezone, "now", lambda: NOW.replace(hour=hour))
    call_command("demo_content", stdout=StringIO())
    lists = [
        [entry.neighbour_id for entry in AlsoViewed.objects.shown_beside(article, Variant.CONTROL)]
        for article in Article.objects.published()
    ]
    shown = [row[: AlsoViewed.SHOWN] for row in lists]
    assert most_lists(shown) < 0.5
    assert len({b for row in shown for b in row}) >= 0.8 * len(shown)
