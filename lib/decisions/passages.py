"""The two doors in the triggers. Each is open inside one block of one thread, and logged.

On SQLite a door is open for all databases of the thread: the site has one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

PURGE, REDACTION = "purge", "redaction"
SETTING = "carevox.passage"  # of the PostgreSQL transaction
FUNCTION = "decision_passage"  # of each SQLite connection

logger = logging.getLogger(__name__)
_open: ContextVar[str] = ContextVar("decision_passage", default="")


@contextmanager
def purging(what: str, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let decisions be deleted inside the block, because `what` goes, and say so in the log."""
    with passage(PURGE, using=using):
        yield
    logger.info("decisions: purged with %s", what)


@contextmanager
def passage(name: str, *, using: str) -> Iterator[None]:
    """Tell the triggers of this connection which way is open; one transaction."""
    connection = connections[using]
    with transaction.atomic(using=using):
        former = _open.get()
        token = _open.set(name)
        try:
            _tell(connection, name)
            yield
            _tell(connection, former)  # after an error the rollback does it
        finally:
            _open.reset(token)


def _tell(connection: BaseDatabaseWrapper, name: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, name])


def _register(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give SQLite's triggers the function that they ask.

    In another program, which has no such function, they fail and nothing is changed.
    """
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 0, _open.get)


connection_created.connect(_register, dispatch_uid="lib.decisions.passages")
