"""Counting in the database: never one too many, whoever counts at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from authors.models import Attempt
from authors.security import attempts


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests turn by hand."""
    time = [1_000_000.0]
    monkeypatch.setattr("authors.security.attempts.time.time", lambda: time[0])
    return time


def take(amount=3, seconds=60, key="k"):
    return attempts.take(key, amount=amount, seconds=seconds) is not None


def test_so_many_and_no_more_in_any_stretch(db, clock):
    assert [take() for _try in range(4)] == [True, True, True, False]
    clock[0] += 59.9
    assert not take()
    clock[0] += 0.1
    assert [take() for _try in range(4)] == [True, True, True, False]


def test_what_is_refused_does_not_count(db, clock):
    assert take(1)
    for _second in range(59):
        clock[0] += 1
        assert not take(1)
    clock[0] += 1
    assert take(1)


def test_asking_counts_nothing(db):
    for _try in range(3):
        assert attempts.take("k", amount=1, seconds=60, only_ask=True) is not None
    assert not Attempt.objects.exists()
    assert take(1)
    assert attempts.take("k", amount=1, seconds=60, only_ask=True) is None


def test_one_that_is_taken_back_can_be_taken_again(db):
    moments = [attempts.take("k", amount=2, seconds=60) for _try in range(2)]
    assert not take(2)
    attempts.take_back("k", moments[0], seconds=60)
    attempts.take_back("k", 12.0, seconds=60)  # one that nobody has counted
    assert [take(2), take(2)] == [True, False]


def test_key_of_a_network_is_another_tomorrow(monkeypatch):
    day = ["2026-01-01"]
    monkeypatch.setattr("authors.security.attempts.timezone.localdate", lambda: day[0])
    today, ever = attempts.key_of("192.0.2.7", daily=True), attempts.key_of("192.0.2.7")
    day[0] = "2026-01-02"
    assert attempts.key_of("192.0.2.7", daily=True) != today
    assert attempts.key_of("192.0.2.7") == ever
    assert len({today, ever}) == 2


def test_rows_that_mean_nothing_are_pruned(db, clock):
    for number in range(64):
        take(key=attempts.key_of(f"old {number}"))
    clock[0] += 61
    take(key="1-new")
    assert Attempt.objects.count() == 65
    assert attempts.prune() == 64
    take(key="1-old")
    clock[0] += 61
    take(key="0-new")  # a new key now and then clears behind the others
    assert set(Attempt.objects.values_list("key", flat=True)) == {"0-new"}


@given(st.lists(st.tuples(st.floats(0, 40), st.booleans()), max_size=40), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_no_stretch_ever_holds_more(clock_and_rows, tries, amount):
    """However the tries fall, with some taken back."""
    clock, counted = clock_and_rows, []
    Attempt.objects.all().delete()
    for pause, is_good in tries:
        clock[0] += pause
        moment = attempts.take("k", amount=amount, seconds=60)
        if moment is None:
            assert sum(one > clock[0] - 60 for one in counted) == amount
        elif is_good:
            attempts.take_back("k", moment, seconds=60)
        else:
            counted.append(moment)
        assert sum(one > clock[0] - 60 for one in counted) <= amount


@pytest.fixture(scope="module")
def clock_and_rows(django_db_setup, django_db_blocker):
    patch = pytest.MonkeyPatch()
    time = [1_000_000.0]
    patch.setattr("authors.security.attempts.time.time", lambda: time[0])
    with django_db_blocker.unblock():
        yield time
        Attempt.objects.all().delete()
    patch.undo()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("amount", [1, 3])
def test_of_many_at_once_exactly_so_many_are_taken(amount):
    together = threading.Barrier(8)

    def one(_number):
        try:
            together.wait()
            return take(amount)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(8))) == amount


def test_command_deletes_all_that_means_nothing(db, clock, capsys, monkeypatch):
    monkeypatch.setattr("authors.security.attempts.PRUNED", 2)
    for number in range(5):
        take(key=f"1-{number}")
    clock[0] += 30
    take(key="1-new")
    clock[0] += 30
    call_command("forget_attempts")
    assert capsys.readouterr().out == "forget_attempts: 5 deleted\n"
    assert list(Attempt.objects.values_list("key", flat=True)) == ["1-new"]
