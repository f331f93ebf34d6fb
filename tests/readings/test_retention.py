"""What is kept of readings, for how long, and what nobody can find out from it."""

import io
import logging
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from authors.security import attempts
from readings import retention, salt
from readings.beacon import recording
from readings.beacon.beacons import Beacon
from readings.models import AlsoViewed, PairTally, Reading, ReadingsOfDay, Salt
from readings.recommendations import building
from tests.factories import make_article
from tests.readings.readers import at, hidden, noon, tell, visit

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def articles(db):
    return [make_article() for _n in range(12)]


def test_salt_is_one_row_and_new_each_day(db):
    first = salt.current()
    assert salt.current() == first
    salt.forget_copy()
    assert salt.current() == first
    with at(noon(-1)):
        second = salt.current()
    assert second.value != first.value
    assert Salt.objects.count() == 1
    assert bytes(Salt.objects.get().value) == second.value


def test_forgetting_replaces_the_salt_of_a_day_without_readers(db):
    first = salt.current().value
    salt.forget_copy()
    with at(noon(-1)):
        retention.forget()
    assert bytes(Salt.objects.get().value) != first


def test_same_reader_cannot_be_known_again_the_next_day(client, articles):
    tell(client, articles[0])
    with at(noon(-1)):
        tell(client, articles[0])
    assert len(set(Reading.objects.values_list("visitor", flat=True))) == 2
    assert len(set(Reading.objects.values_list("network", flat=True))) == 2


def test_no_raw_reading_is_older_than_48_hours(articles):
    start = noon(5).replace(hour=0, minute=0, second=1)
    for n in range(40):
        visit(articles[:2], number=n, at=start + timedelta(hours=3 * n))
    for hour in range(200):
        now = start + timedelta(hours=hour)
        if retention._due(now):
            retention.forget(now=now)
        oldest = Reading.objects.order_by("read_at").values_list("read_at", flat=True).first()
        assert oldest is None or now - oldest <= timedelta(hours=48)
    assert not Reading.objects.exists()


def test_days_become_tallies_once(articles):
    for n in range(4):
        visit(articles[:3], number=n, at=noon(3))
    visit(articles[3:5], number=9, at=noon(3))
    before = dict(ReadingsOfDay.objects.values_list("article", "readings_count"))
    assert retention.forget().readings == 14
    tallies = {
        (a, b): (weight, visits)
        for a, b, weight, visits in PairTally.objects.values_list(
            "article", "neighbour", "weight", "visits"
        )
    }
    ids = [article.pk for article in articles]
    assert tallies[ids[0], ids[1]] == (pytest.approx(4.0), 4)
    assert tallies[ids[0], ids[2]] == (pytest.approx(2.0), 4)
    assert tallies[ids[1], ids[0]] == (pytest.approx(0.2), 4)
    assert len(tallies) == 6
    assert retention.forget().readings == 0
    assert PairTally.objects.count() == 6
    assert dict(ReadingsOfDay.objects.values_list("article", "readings_count")) == before
    call_command("recount", "--check", stdout=io.StringIO())


def test_forgetting_that_is_killed_half_way_loses_and_doubles_nothing(articles):
    for n in range(4):
        visit(articles[:3], number=n, at=noon(3))
    with (
        mock.patch("readings.counters.erase_order", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        retention.forget()
    assert Reading.objects.count() == 12
    assert not PairTally.objects.exists()
    retention.forget()
    assert sorted(PairTally.objects.values_list("visits", flat=True)) == [4] * 6


def test_lists_outlive_the_raw_rows(articles):
    for n in range(4):
        visit([articles[0], articles[7]], number=n, at=noon(3))
    retention.forget()
    assert not Reading.objects.exists()
    building.build_lists()
    first = AlsoViewed.objects.get(article=articles[0], rank=1)
    assert (first.neighbour, first.source) == (articles[7], "READINGS")


def test_tallies_outside_of_the_window_go(articles, settings):
    settings.ALSO_VIEWED_WINDOW_HOURS = 120
    PairTally.objects.create(
        article=articles[0],
        neighbour=articles[1],
        day=timezone.localdate() - timedelta(days=7),
        weight=3,
        visits=3,
    )
    assert retention.forget().old_tallies == 1


def test_thousand_visits_leave_no_path_behind(client, articles, caplog, capsys, monkeypatch):
    """An intruder has every table, every log and today's salt.

    The salts of past days are known here only to check that they are nowhere.
    """
    caplog.set_level(logging.DEBUG)
    paths, secrets_of_the_day = {}, set()
    then = noon(4)
    with at(then):
        secrets_of_the_day.add(salt.current().value)
        for n in range(1000):
            chosen = [articles[(n * 7 + step * (1 + n % 5)) % 12] for step in range(2 + n % 3)]
            paths[n] = list(dict.fromkeys(article.pk for article in chosen))
        for n in range(20):  # the whole way from the browser
            for pk in paths[n]:
                tell(client, pk, number=n, browser=f"Mozilla/5.0 Reader-{n}")
        who = {n: hidden(f"visitor reader {n}", f"network {n}") for n in range(20, 1000)}
        beacons = [
            Beacon("read", pk, *who[n], then + timedelta(seconds=n, minutes=step))
            for n in who
            for step, pk in enumerate(paths[n])
        ]
        for start in range(0, len(beacons), 500):
            recording.write(beacons[start : start + 500])
        hashes = set(Reading.objects.values_list("visitor", flat=True)) | set(
            Reading.objects.values_list("network", flat=True)
        )
        assert Reading.objects.count() == sum(map(len, paths.values()))
    salt.forget_copy()
    retention.forget()
    building.build_lists()

    everything = [
        (model, row)
        for model in apps.get_models(include_auto_created=True)
        for row in model._default_manager.values_list()
    ]
    values = [value for _model, row in everything for value in row]
    said = caplog.text + "".join(capsys.readouterr())
    assert not Reading.objects.exists()
    assert not hashes & {value for value in values if isinstance(value, int)}
    for secret in secrets_of_the_day:
        assert secret not in {
            bytes(value) for value in values if isinstance(value, bytes | memoryview)
        }
        assert secret.hex() not in said
    for trace in ("Reader-", "10.0.", *map(str, hashes)):
        assert trace not in said
        assert not [value for value in values if isinstance(value, str) and trace in value]
    # what stays has no row of fewer than three visits, and two rows have nothing in common but
    # article and day
    assert min(PairTally.objects.values_list("visits", flat=True)) >= 3
    assert {field.name for field in PairTally._meta.get_fields()} == {
        "id",
        "article",
        "neighbour",
        "day",
        "weight",
        "visits",
    }
    assert {field.name for field in ReadingsOfDay._meta.get_fields()} == {
        "id",
        "article",
        "day",
        "readings_count",
    }
    # the order of the rows does not tell the order of the readings
    for rows in (
        ReadingsOfDay.objects.order_by("pk").values_list("article"),
        PairTally.objects.order_by("pk").values_list("article", "neighbour"),
    ):
        assert list(rows) == sorted(rows)


def test_path_that_only_one_visitor_took_is_not_tallied(articles):
    for n in range(5):
        visit(articles[:2], number=n, at=noon(3))
    visit([articles[0], articles[5], articles[6], articles[7]], number=99, at=noon(3))
    retention.forget()
    seen = Counter(
        pk for pair in PairTally.objects.values_list("article", "neighbour") for pk in pair
    )
    assert set(seen) == {articles[0].pk, articles[1].pk}


@pytest.mark.django_db(transaction=True)
def test_back_up_leaves_the_salt_and_the_raw_readings_out(tmp_path):
    from tests.serving import database_url

    article = make_article()
    visit([article], number=1)
    drawn = salt.current().value
    visitor = Reading.objects.get().visitor
    tried = attempts.key_of("somebody")
    attempts.take(tried, amount=1, seconds=60)
    url = database_url(connection.settings_dict)
    connection.close()
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "BACKUP_DIR": str(tmp_path / "copies"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "PYTHON": sys.executable,
    }
    subprocess.run(
        [sys.executable, ROOT / "deploy" / "backup"], env=env, check=True, capture_output=True
    )
    copy = next((tmp_path / "copies").iterdir())
    whole = b"".join(path.read_bytes() for path in copy.iterdir())
    assert drawn not in whole
    assert tried.encode() not in whole
    assert visitor.to_bytes(8) not in whole
    assert str(visitor).encode() not in whole
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy / "carevox.sqlite3")) as database:
            assert database.execute("SELECT count(*) FROM readings_salt").fetchone() == (0,)
            assert database.execute("SELECT count(*) FROM readings_reading").fetchone() == (0,)
            assert database.execute(
                "SELECT readings_count FROM readings_readingsofday"
            ).fetchone() == (1,)
        back = {
            **env,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'back.sqlite3'}",
            "DATA_DIR": str(tmp_path),
            "DEBUG": "off",
            "DJANGO_SETTINGS_MODULE": "carevox.settings",
        }
        done = subprocess.run(
            [sys.executable, ROOT / "deploy" / "restore", str(copy)],
            env=back,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert "0 differences" in done.stdout
