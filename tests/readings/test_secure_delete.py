"""What is deleted leaves the disk too."""

import threading

import pytest
from django.db import connection, transaction

from lib import secure_delete
from readings import retention, salt
from readings.models import Reading
from tests.disk import bytes_on_disk, end_older_transactions
from tests.factories import make_article
from tests.readings.readers import at, noon, visit


@pytest.mark.django_db(transaction=True)
def test_disk_forgets_too():
    """After the job, no file of these tables, nor a log, holds the old salt or an old visitor."""
    articles = [make_article() for _n in range(3)]
    with at(noon(3)):
        old = salt.current().value
        for n in range(5):
            visit(articles, number=n, at=noon(3))
        visitor = Reading.objects.order_by("pk").values_list("visitor", flat=True).last()
    kept = visitor.to_bytes(8, "big" if connection.vendor == "sqlite" else "little")
    assert (
        old in left() or connection.vendor == "postgresql"
    )  # an unlogged table is written when the server stops
    assert kept in left()
    salt.forget_copy()
    visit(articles, number=9)  # stays: a table without rows would be cut off whole
    retention.forget()
    end_older_transactions()
    retention.forget()  # the next run clears what an older transaction might still have looked at
    assert old not in left()
    assert kept not in left()


def left():
    return bytes_on_disk("readings_salt", "readings_reading")


@pytest.mark.django_db(transaction=True)
def test_table_that_another_connection_holds_is_cleared_the_next_time(monkeypatch):
    """A back-up may hold a table for minutes: who writes readings must not wait so long for it."""
    monkeypatch.setattr(secure_delete, "LONGEST_WAIT", 50)
    make_article()
    held, done = threading.Event(), threading.Event()

    def back_up():
        with transaction.atomic():
            list(Reading.objects.all())
            held.set()
            done.wait(5)  # on SQLite all writers wait for it, fifteen seconds at most
        connection.close()

    reader = threading.Thread(target=back_up)
    reader.start()
    held.wait(20)
    try:
        retention.forget()
    finally:
        done.set()
        reader.join()
    visit([make_article()], number=1)
    assert Reading.objects.count() == 1
