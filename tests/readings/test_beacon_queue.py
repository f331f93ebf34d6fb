"""Beacons that wait to be written: by a thread, in a queue that has an end."""

import time
from unittest import mock

import pytest
from django.db import OperationalError

from articles.models import Article
from readings.beacon import queue
from tests.factories import make_article
from tests.readings.readers import tell, visit


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_written_by_a_thread_and_a_full_queue_lets_go(settings, monkeypatch):
    article = make_article()
    settings.READINGS_WAIT_SECONDS = 0.05
    own = queue.BeaconQueue()
    monkeypatch.setattr(queue, "queue", own)
    visit([article], number=1)
    deadline = time.monotonic() + 10
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
