"""What a statement reads: the steps of SQLite's machine, the nodes of a plan of PostgreSQL."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def steps():
    """Count the steps of SQLite's machine, some for each row that is read; 0 elsewhere.

    The pieces of the full-text index are merged first: how many there are at a moment depends on
    what other tests wrote before.
    """
    counted = [0]

    def count():
        counted[0] += 1

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fulltext(search_fulltext) VALUES ('optimize')")
        connection.connection.set_progress_handler(count, 1)
    yield counted
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(None, 1)


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)
