"""Errors that pass by themselves: the database is away, a disk is full."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

from django import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted

# busy, locked, read-only, input/output, damaged, full, cannot open, protocol, no database
SQLITE_CODES = {5, 6, 8, 10, 11, 13, 14, 15, 26}
READ_ONLY = "25006"  # what PostgreSQL says while another machine takes over
ERRNOS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
}


def is_outage(error: BaseException | None) -> bool:
    """Tell whether the error is one of these, or says to be raised from one.

    One that came up while an outage was handled is a fault of its own, but for the session's: it
    says that it has vanished when it cannot be written.
    """
    return any(_is_one(cause) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        is_of_session = isinstance(error, (SessionInterrupted, UpdateError))
        error = error.__context__ if is_of_session else error.__cause__


def _is_one(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return _is_sqlite_outage(error)
    if isinstance(error, db.DatabaseError) and isinstance(error.__cause__, sqlite3.Error):
        return _is_sqlite_outage(error.__cause__)
    if isinstance(error, (db.OperationalError, db.InterfaceError)):
        return True
    if isinstance(error, OSError) and error.errno in ERRNOS:
        return True
    return getattr(error, "sqlstate", "") == READ_ONLY


def _is_sqlite_outage(error: sqlite3.Error) -> bool:
    """A file that has gone is made anew by SQLite, without tables."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in SQLITE_CODES or "no such table" in str(error)
