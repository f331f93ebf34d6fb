"""What is deleted leaves the disk too."""

import threading
from time import sleep

import pytest
from django.db import connection, transaction

from lib import secure_delete
from readings import retention, salt
from readings.models import Reading
from tests.disk import bytes_of_sqlite
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
        visitor = Reading.objects.values_list("visitor", flat=True)[0]
    kept = visitor.to_bytes(8, "big" if connection.vendor == "sqlite" else "little")
    assert (
        old in bytes_on_disk() or connection.vendor == "postgresql"
    )  # an unlogged table is written when the server stops
    assert kept in bytes_on_disk()
    salt.forget_copy()
    retention.forget()
    # PostgreSQL keeps what a transaction that is open elsewhere might still look at: the next run
    # clears it
    for _run in range(20):
        if old not in bytes_on_disk() and kept not in bytes_on_disk():
            break
        end_other_transactions()
        sleep(0.2)
        retention.forget()
    assert old not in bytes_on_disk()
    assert kept not in bytes_on_disk()


def end_other_transactions():
    """On PostgreSQL, end what other tests may have left open in this database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def bytes_on_disk():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT pg_read_binary_file(pg_relation_filepath('readings_salt')),"
                " pg_read_binary_file(pg_relation_filepath('readings_reading'))"
            )
            return b"".join(map(bytes, cursor.fetchone()))
    return bytes_of_sqlite()


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
