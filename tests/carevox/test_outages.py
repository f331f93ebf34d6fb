"""What the databases themselves say when they are full, locked, closed or away."""

import html
import sqlite3
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection

from comments.models import Comment
from lib.web.honeypot import stamp
from tests.factories import make_article

TEXT = "Une phrase que personne ne veut écrire deux fois. " * 50
ON_SQLITE = connection.vendor == "sqlite"


def pragma(name, value):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}={value}").fetchone()


@contextmanager
def read_only():
    pragma("query_only", "ON")
    yield
    pragma("query_only", "OFF")


@contextmanager
def full():
    [most] = pragma("max_page_count", 1)
    with connection.cursor() as cursor:  # what was deleted makes room
        cursor.execute("VACUUM")
    pragma("max_page_count", 1)
    yield
    pragma("max_page_count", 2**30)


@contextmanager
def locked():
    pragma("busy_timeout", 10)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()
    pragma("busy_timeout", 30_000)


@contextmanager
def without_tables():
    """A file that has gone is made anew by SQLite."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE comments_comment RENAME TO gone")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE gone RENAME TO comments_comment")


@contextmanager
def closed_by_the_server():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [number])
    other.close()
    yield
    connection.close()


@contextmanager
def standby():
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")


OUTAGES = (
    [read_only, full, locked, without_tables] if ON_SQLITE else [closed_by_the_server, standby]
)


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: outage.__name__)
def test_reaction_comes_back_and_is_taken_afterwards(transactional_db, chloe, as_, outage):
    article, client = make_article(), as_(chloe)
    client.raise_request_exception = False
    path = f"{article.get_absolute_url()}/reactions/"
    sent = {"text": TEXT, "submission": uuid4(), "opened": stamp()}
    with outage():
        answer = client.post(path, sent)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, TEXT in page) == (503, True)
        assert "momentanément indisponible" in page
    assert client.post(path, sent).status_code == 303
    assert Comment.objects.count() == 1
