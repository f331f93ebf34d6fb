"""What a database has left on the disk."""

import subprocess
from pathlib import Path
from time import monotonic, sleep

from django.db import connection


def bytes_on_disk(*tables: str) -> bytes:
    """Return the bytes of the files: of these tables on PostgreSQL, of the whole on SQLite."""
    if connection.vendor != "postgresql":
        return _bytes_of_sqlite()
    files = ", ".join(f"pg_read_binary_file(pg_relation_filepath('{table}'))" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(f"SELECT {files}")
        return b"".join(map(bytes, cursor.fetchone()))


def _bytes_of_sqlite() -> bytes:
    """Read the file and its write-ahead log.

    Another process does it: whoever closes a file gives up the locks that SQLite holds on it in
    the same process, and the next process to leave would take the log away under us.
    """
    path = str(connection.settings_dict["NAME"])
    files = [path + part for part in ("", "-wal") if Path(path + part).exists()]
    return subprocess.run(["cat", *files], check=True, capture_output=True).stdout


def end_older_transactions() -> None:
    """End what is open in this database and wait for the others' of the server, on PostgreSQL.

    VACUUM keeps whatever an older transaction might still see, and takes into account those of
    every database; each test on another process is one.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        cursor.execute("SELECT pg_current_xact_id()::text")
        ours = cursor.fetchone()[0]
        is_oldest = "SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8"
        give_up = monotonic() + 300
        while monotonic() < give_up:
            cursor.execute(is_oldest, [ours])
            if cursor.fetchone()[0]:
                return
            sleep(0.2)
    raise TimeoutError("A transaction has been open for five minutes.")
