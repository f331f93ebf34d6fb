"""One process at a time, on one machine or several.

A lock that a killed process leaves behind is open.
"""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def try_lock(name: str) -> Iterator[bool]:
    """Yield whether nobody else is inside.

    On PostgreSQL an advisory lock of the session, on SQLite one on a file beside the database.
    """
    lock = _in_postgresql if connection.vendor == "postgresql" else _beside_sqlite
    with lock(name) as acquired:
        yield acquired


@contextmanager
def _in_postgresql(name: str) -> Iterator[bool]:
    key = zlib.crc32(f"carevox {name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        taken = bool(cursor.fetchone()[0])
        try:
            yield taken
        finally:
            if taken:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _beside_sqlite(name: str) -> Iterator[bool]:
    database = str(connection.settings_dict["NAME"])
    if ":memory:" in database or "mode=memory" in database:  # seen by this process only
        yield True
        return
    with Path(f"{database}.{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
