"""What is deleted is gone from the disk too, as far as the database lets us say so."""

from __future__ import annotations

from django.db import connection


def overwrite_deleted() -> None:
    """Let SQLite write zeros over what this connection deletes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def clear_remains(*tables: str) -> None:
    """Clear old versions of rows: PostgreSQL's dead rows, SQLite's write-ahead log. Call outside of a transaction; within one it waits for the next time."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {', '.join(connection.ops.quote_name(table) for table in tables)}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
