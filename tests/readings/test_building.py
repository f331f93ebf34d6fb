"""Builds that meet, builds that die, and a world that changes meanwhile."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import publishing
from articles.models import Article
from lib.locks import try_lock
from readings.models import AlsoViewed, Variant
from readings.recommendations import building
from readings.recommendations.spam_filter import RawReading, without_spam
from tests.factories import make_article, make_section
from tests.readings.readers import visit
from tests.serving import ROOT, database_url


@pytest.fixture
def site(transactional_db):
    articles = [
        make_article(
            section=make_section(f"Rubrique {n % 3}")
            if n < 3
            else None or Article.objects.first().section
        )
        for n in range(9)
    ]
    for n in range(5):
        visit([articles[0], articles[7]], number=n, at=timezone.now() - timedelta(minutes=20))
    return articles


def lists():
    found = {}
    for row in AlsoViewed.objects.order_by("article", "variant", "rank"):
        found.setdefault((row.article_id, row.variant), []).append(
            (row.rank, row.neighbour_id, row.source)
        )
    return found


def assert_whole(found, articles):
    assert set(found) == {
        (article, Variant.CONTROL) for article in [None, *(article.pk for article in articles)]
    }
    for (article, _arm), entries in found.items():
        assert [rank for rank, _neighbour, _source in entries] == list(range(1, len(entries) + 1))
        assert article not in [neighbour for _rank, neighbour, _source in entries]
        assert len(entries) >= 5


def in_another_process(code, **options):
    """Start a process of its own that works on the database of the test."""
    env = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    setup = (
        "import django; django.setup()\n"
        "from readings.recommendations import building\n"
        "import time\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", setup + code],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.django_db(transaction=True)
def test_second_build_at_the_same_time_steps_aside(site):
    holder = in_another_process(
        "from lib.locks import try_lock\n"
        "with try_lock(building.LOCK) as ok: print(ok, flush=True); time.sleep(60)"
    )
    try:
        assert holder.stdout.readline().strip() == "True"
        assert building.build_lists().busy
        assert lists() == {}
    finally:
        holder.kill()
        holder.wait()
    deadline = time.monotonic() + 60
    while building.build_lists().busy:  # a killed holder leaves an open lock
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert_whole(lists(), site)


@pytest.mark.django_db(transaction=True)
def test_two_builds_started_at_once_leave_whole_lists(site):
    both = [in_another_process("print(building.build_lists().busy)") for _n in range(2)]
    outcomes = [process.communicate(timeout=60)[0].strip() for process in both]
    assert "False" in outcomes
    assert [process.returncode for process in both] == [0, 0]
    assert_whole(lists(), site)


@pytest.mark.django_db(transaction=True)
def test_build_that_is_killed_half_way_leaves_the_old_lists(site):
    building.build_lists()
    before = lists()
    for n in range(20, 26):
        visit([site[1], site[8]], number=n, at=timezone.now() - timedelta(minutes=10))
    code = (
        "from readings.models import AlsoViewed\n"
        "def half(rows, **options):\n"
        "    print('half', flush=True); time.sleep(60)\n"
        # the old rows are deleted by now, the new ones not yet there
        "AlsoViewed.objects.bulk_create = half\n"
        "building.build_lists()"
    )
    process = in_another_process(code)
    assert process.stdout.readline().strip() == "half"
    assert lists() == before
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert lists() == before
    deadline = time.monotonic() + 60
    while building.build_lists().busy:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert lists() != before
    assert_whole(lists(), site)


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_or_deleted_during_a_build_is_not_in_the_lists(site):
    gone, deleted = site[7], site[6]
    gather = building.gather

    def gather_then_change(now):
        evidence = gather(now)
        publishing.withdraw(gone, actor=None, reason="Une erreur.")
        Article.objects.get(pk=deleted.pk).delete()
        return evidence

    with mock.patch("readings.recommendations.building.gather", gather_then_change):
        building.build_lists()
    neighbours = {
        neighbour for entries in lists().values() for _rank, neighbour, _source in entries
    }
    assert not neighbours & {gone.pk, deleted.pk}
    assert gone.pk not in {article for article, _arm in lists()}
    call_command("recount", "--check")


@pytest.mark.django_db
def test_command_says_what_it_did(capsys):
    for _n in range(6):
        make_article()
    call_command("build_also_viewed")
    assert "build_also_viewed: 7 lists from 0 readings, 7 changed" in capsys.readouterr().out
    call_command("forget_readings")
    assert "forget_readings: 0 days closed" in capsys.readouterr().out


@pytest.mark.django_db
def test_lock_is_open_again_after_use():
    for _turn in range(2):
        with try_lock("a-test") as acquired:
            assert acquired


# --- pure ---


def read(visit, article, network, at=0):
    return RawReading(visit, article, network, at, timezone.localdate())


@pytest.mark.parametrize(
    ("readings", "known"),
    [
        ([], False),
        ([(1, 1), (2, 2)], False),  # two networks are too few
        ([(1, 1), (2, 2), (3, 3)], True),
        ([(1, 1), (2, 1), (3, 1), (4, 2), (5, 3)], True),
        ([(n, 1) for n in range(100)], False),
    ],
)
def test_networks_are_counted_where_visits_could_be_invented(readings, known):
    rows = [read(visit, 10, network) for visit, network in readings]
    kept, articles = without_spam(rows, published={10}, min_visits=3)
    assert articles == ({10} if known else set())
    per_network = Counter(row.network for row in kept)
    assert max(per_network.values(), default=0) <= 2, "one network makes no pair on its own"
    assert set(per_network) == {network for _visit, network in readings}


def test_unpublished_articles_teach_nothing():
    rows = [read(n, 10, n) for n in range(5)]
    assert without_spam(rows, published={11}, min_visits=3) == ([], set())
