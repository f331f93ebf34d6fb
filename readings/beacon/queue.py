"""Where beacons wait a moment, so that many are written at once.

A beacon that waits here is lost with its process, and when the queue is full the newest is let go: a reading less, never a
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
from readings.beacon.beacons import Beacon

logger = logging.getLogger(__name__)
BATCH = 500
ROOM = 20_000


class BeaconQueue:
    """Bounded; one thread of the process empties it every READINGS_WAIT_SECONDS or as soon as a batch is full."""

    def __init__(self) -> None:
        self._beacons: deque[Beacon] = deque()
        self._wake = threading.Event()
        self._starting = threading.Lock()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def __len__(self) -> int:
        return len(self._beacons)

    def put(self, beacon: Beacon) -> bool:
        """Let the beacon wait; False if there is no room."""
        if not settings.READINGS_WAIT_SECONDS:
            self._write([beacon])
            return True
        if len(self._beacons) >= ROOM:
            return False
        self._beacons.append(beacon)
        if self._thread is None:
            self._start()
        if len(self._beacons) >= BATCH:
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
            while len(self._beacons) >= least:
                self._write(
                    [self._beacons.popleft() for _turn in range(min(BATCH, len(self._beacons)))]
                )

    def close(self) -> None:
        """Write all that waits and end the thread."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self.flush()

    @staticmethod
    def _write(beacons: list[Beacon]) -> None:
        try:
            recording.write(beacons)
        except DatabaseError as error:
            logger.warning(
                "%s beacons of readings are lost: %s", len(beacons), type(error).__name__
            )
            if not connection.in_atomic_block:
                connection.close()


queue = BeaconQueue()


def _last_words() -> None:
    queue.close()


def _forget_parent() -> None:
    """A process that is forked has no thread, and what waits is its parent's."""
    global queue
    queue = BeaconQueue()


atexit.register(_last_words)
os.register_at_fork(after_in_child=_forget_parent)
