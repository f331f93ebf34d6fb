"""Beacons that wait to be written: by a thread that nothing ends, in a queue that has an end."""

import threading
import time
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from articles.models import Article
from readings.beacon import queue, recording
from readings.beacon.beacons import Beacon
from tests.factories import make_article
from tests.readings.readers import tell, visit


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_written_by_a_thread_and_a_full_queue_lets_go(settings, monkeypatch):
    article = make_article()
    settings.READINGS_WAIT_SECONDS = 0.05
    own = queue.BeaconQueue()
    monkeypatch.setattr(queue, "queue", own)
    visit([article], number=1)
    deadline = time.monotonic() + 60
    while not Article.objects.get(pk=article.pk).readings_count:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    own.close()
    settings.READINGS_WAIT_SECONDS = 3600
    monkeypatch.setattr(queue, "ROOM", 3)
    full = queue.BeaconQueue()
    monkeypatch.setattr(full, "_start", lambda: None)
    monkeypatch.setattr(queue, "queue", full)
    visit([article] * 5, number=2)
    assert len(full) == 3


@pytest.mark.django_db
def test_database_that_fails_loses_readings_and_never_a_page(client, monkeypatch, caplog):
    article = make_article()
    monkeypatch.setattr(
        "readings.beacon.recording.write",
        mock.Mock(side_effect=OperationalError("disk full at 10.0.0.1")),
    )
    with caplog.at_level("WARNING"):
        assert tell(client, article).status_code == 204
    assert "lost" in caplog.text
    assert "10.0.0.1" not in caplog.text


# --- faults ---


@pytest.fixture(autouse=True)
def _log(caplog):
    caplog.set_level("WARNING")


@contextmanager
def fresh_queue(settings, monkeypatch):
    """Lend a queue of its own that writes twenty times a second, and end its thread."""
    settings.READINGS_WAIT_SECONDS = 0.05
    monkeypatch.setattr(queue, "queue", queue.BeaconQueue())
    try:
        yield queue.queue
    finally:
        queue.queue.close()


def soon(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return True


def readings_count(article):
    return Article.objects.get(pk=article.pk).readings_count


def beacon(article, visitor=1):
    return Beacon("read", article.pk, visitor, visitor, timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError, InterfaceError, ValueError, MemoryError])
def test_batch_that_fails_once_is_written_at_the_next_turn(settings, monkeypatch, caplog, error):
    article = make_article()
    real, outcomes = recording.write, [error("10.0.0.1 read 42")]
    monkeypatch.setattr(
        recording, "write", mock.Mock(side_effect=lambda batch: fail_or(outcomes, real, batch))
    )
    with fresh_queue(settings, monkeypatch) as own:
        own.put(beacon(article))
        assert soon(lambda: readings_count(article) == 1)
        own.put(beacon(article, visitor=2))
        assert soon(lambda: readings_count(article) == 2)
    assert "1 beacons wait for another attempt" in caplog.text
    assert error.__name__ in caplog.text
    assert "10.0.0.1" not in caplog.text
    assert "lost" not in caplog.text


def fail_or(outcomes, real, batch):
    if outcomes:
        raise outcomes.pop()
    return real(batch)


@pytest.mark.django_db(transaction=True)
def test_batch_that_always_fails_is_given_up_and_those_behind_it_are_written(
    settings, monkeypatch, caplog
):
    article = make_article()
    real, tried = recording.write, []

    def write(batch):
        if any(each.visitor == 666 for each in batch):
            tried.append(len(batch))
            raise KeyError("a beacon that no code foresaw")
        return real(batch)

    monkeypatch.setattr(recording, "write", write)
    with fresh_queue(settings, monkeypatch) as own:
        own.put(beacon(article, visitor=666))
        assert soon(lambda: tried)
        own.put(beacon(article, visitor=2))
        assert soon(lambda: readings_count(article) == 1)
    assert len(tried) == queue.ATTEMPTS
    assert "1 beacons are lost: KeyError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_thread_that_has_died_is_replaced(settings, monkeypatch, caplog):
    article = make_article()
    with fresh_queue(settings, monkeypatch) as own:
        dead = threading.Thread(target=lambda: None)
        dead.start()
        dead.join()
        own._thread = dead
        own.put(beacon(article))
        assert soon(lambda: readings_count(article) == 1)
    assert "had died" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_process_without_room_for_a_thread_answers_and_writes_later(
    client, settings, monkeypatch, caplog
):
    article = make_article()
    with fresh_queue(settings, monkeypatch):
        with mock.patch.object(threading.Thread, "start", side_effect=RuntimeError("no more")):
            assert tell(client, article).status_code == 204
        assert "no thread" in caplog.text
        assert tell(client, article, number=2).status_code == 204
        assert soon(lambda: readings_count(article) == 2)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [InterfaceError, ValueError])
def test_error_of_any_kind_costs_the_reading_never_the_answer(client, monkeypatch, caplog, error):
    monkeypatch.setattr(recording, "write", mock.Mock(side_effect=error("10.0.0.1")))
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own
    assert tell(client, make_article()).status_code == 204
    assert f"1 beacons are lost: {error.__name__}" in caplog.text
    assert "10.0.0.1" not in caplog.text


def test_beacons_that_find_no_room_are_counted_in_the_log(settings, monkeypatch, caplog):
    settings.READINGS_WAIT_SECONDS = 3600
    monkeypatch.setattr(queue, "ROOM", 2)
    monkeypatch.setattr(recording, "write", lambda _batch: 0)
    own = queue.BeaconQueue()
    monkeypatch.setattr(own, "_start", lambda: None)
    one = Beacon("read", 1, 1, 1, timezone.now())
    assert [own.put(one) for _n in range(5)] == [True, True, False, False, False]
    own.flush()
    assert "3 beacons are lost: the queue is full" in caplog.text


def test_closing_says_what_could_not_be_written(settings, monkeypatch, caplog):
    settings.READINGS_WAIT_SECONDS = 3600
    monkeypatch.setattr(recording, "write", mock.Mock(side_effect=OSError))
    own = queue.BeaconQueue()
    monkeypatch.setattr(own, "_start", lambda: None)
    for visitor in range(3):
        own.put(Beacon("read", 1, visitor, visitor, timezone.now()))
    own.close()
    assert "3 beacons are lost" in caplog.text
    assert len(own) == 0
    assert not own.put(Beacon("read", 1, 1, 1, timezone.now()))


def test_closing_does_not_wait_for_a_database_that_hangs(settings, monkeypatch, caplog):
    settings.READINGS_WAIT_SECONDS = 0.01
    monkeypatch.setattr(queue, "CLOSE_SECONDS", 0.1)
    hangs, go_on = threading.Event(), threading.Event()

    def write(_batch):
        hangs.set()
        go_on.wait(10)
        return 0

    monkeypatch.setattr(recording, "write", write)
    own = queue.BeaconQueue()
    own.put(Beacon("read", 1, 1, 1, timezone.now()))
    assert hangs.wait(10)
    started = time.monotonic()
    own.close()
    assert time.monotonic() - started < 5
    assert "1 beacons are lost" in caplog.text
    go_on.set()
    own._thread.join(10)
