"""What is deleted is gone from the disk too, as far as the database lets us say so."""

from __future__ import annotations

import logging

from django.db import OperationalError, connection

logger = logging.getLogger(__name__)
LONGEST_WAIT = 2000  # milliseconds


def overwrite_deleted() -> None:
    """Let SQLite write zeros over what this connection deletes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def clear_remains(*tables: str) -> None:
    """Clear old versions of rows: PostgreSQL's dead rows, SQLite's write-ahead log.

    Call outside of a transaction; within one it does nothing. What it cannot clear is left to the
    next run: a table that another connection holds, and on PostgreSQL what a transaction that is
    older than the deletion, in whichever database of the server, might still see.
    """
    if connection.in_atomic_block:
        return
    if connection.vendor == "postgresql":
        for table in tables:
            _rewrite(table)
    else:
        _empty_log()


def _empty_log() -> None:
    """Bring the write-ahead log into the database and truncate it; writers wait meanwhile."""
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {usual}")
    if is_busy:
        logger.warning(
            "The write-ahead log keeps deleted rows until the next run:"
            " somebody reads the database."
        )


def _rewrite(table: str) -> None:
    """Put the table into a new file: a plain VACUUM would leave the bytes of dead rows behind."""
    with connection.cursor() as cursor:
        # while we wait for the lock, whoever writes readings waits behind us
        cursor.execute(f"SET lock_timeout = {LONGEST_WAIT}")
        try:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        except OperationalError as error:
            reason = type(error.__cause__ or error).__name__
            logger.warning("%s keeps deleted rows until the next run: %s", table, reason)
        finally:
            cursor.execute("RESET lock_timeout")
