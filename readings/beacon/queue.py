"""Where signs wait a moment, so that many are written at once.

A sign that waits here is lost with its process, and when the queue is full the newest is let go: a reading less, never a
page. Nothing else is held, so that another machine misses nothing.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import deque

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from readings.beacon import recording
from readings.beacon.recording import Sign

logger = logging.getLogger(__name__)
BATCH = 500
ROOM = 20_000


class Queue:
    """Bounded; one thread of the process empties it every READINGS_WAIT_SECONDS or as soon as a batch is full."""

    def __init__(self) -> None:
        self._signs: deque[Sign] = deque()
        self._wake = threading.Event()
        self._starting = threading.Lock()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def __len__(self) -> int:
        return len(self._signs)

    def put(self, sign: Sign) -> bool:
        """Let the sign wait; False if there is no room."""
        if not settings.READINGS_WAIT_SECONDS:
            self._write([sign])
            return True
        if len(self._signs) >= ROOM:
            return False
        self._signs.append(sign)
        if self._thread is None:
            self._start()
        if len(self._signs) >= BATCH:
            self._wake.set()
        return True

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="readings", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closed:
            is_full = self._wake.wait(settings.READINGS_WAIT_SECONDS)
            self._wake.clear()
            close_old_connections()
            self.flush(
                BATCH if is_full and not self._closed else 1
            )  # in a rush, what is no full batch yet waits: a write has its price
        connection.close()

    def flush(self, least: int = 1) -> None:
        """Write all that waits, in batches of `least` or more."""
        with self._writing:
            while len(self._signs) >= least:
                self._write(
                    [self._signs.popleft() for _turn in range(min(BATCH, len(self._signs)))]
                )

    def close(self) -> None:
        """Write all that waits and end the thread."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self.flush()

    @staticmethod
    def _write(signs: list[Sign]) -> None:
        try:
            recording.write(signs)
        except DatabaseError as error:
            logger.warning("%s signs of readings are lost: %s", len(signs), type(error).__name__)
            if not connection.in_atomic_block:
                connection.close()


queue = Queue()


def _last_words() -> None:
    queue.close()


def _forget_parent() -> None:
    """A process that is forked has no thread, and what waits is its parent's."""
    global queue
    queue = Queue()


atexit.register(_last_words)
os.register_at_fork(after_in_child=_forget_parent)
