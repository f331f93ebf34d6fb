"""A thread that carries mails where no worker does (JOBS=immediate): no page waits for a server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

logger = logging.getLogger(__name__)
LONGEST_REST = 60.0  # seconds, between two looks at what waits


class Courier:
    """Calls `work` until nothing waits any more; one thread a process, which it may die with.

    `work` returns when to come again, None for no more.
    """

    def __init__(self, work: Callable[[], datetime | None]) -> None:
        self._work = work
        self._called = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def call(self) -> None:
        """Have it work now. Never waits, never raises: what is not carried now stays a row."""
        self._called.set()
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                return
            thread = threading.Thread(target=self._run, name="mails", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the machine has no more; the next mail tries again
                logger.warning("no thread to carry mails, they wait")
                return
            self._thread = thread

    def join(self, seconds: float) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while True:
                self._called.clear()
                again = self._work_or_rest()
                if again is None:
                    with self._starting:  # who calls from here on finds no thread, and starts one
                        if not self._called.is_set():
                            self._thread = None
                            return
                    continue
                rest = (again - timezone.now()).total_seconds()
                self._called.wait(min(max(rest, 0), LONGEST_REST))
        finally:
            connection.close()

    def _work_or_rest(self) -> datetime | None:
        """Work; when the database fails, look again in a while: the rows stay."""
        try:
            return self._work()
        except Exception:
            logger.warning("mails could not be carried, they wait", exc_info=True)
            connection.close()
            return timezone.now() + timedelta(seconds=LONGEST_REST)
