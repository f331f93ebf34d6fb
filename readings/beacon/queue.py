"""Where beacons wait a moment, so that many are written at once.

What waits is held by this process alone: it is lost with it, and when the queue is full the newest
beacon is turned away. That costs a reading, never a page, and the log says how many.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import traceback
from collections import deque
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import Error, close_old_connections, connection

from readings.beacon import recording
from readings.beacon.beacons import Beacon

logger = logging.getLogger(__name__)
BATCH = 500
ROOM = 20_000
# of one batch, READINGS_WAIT_SECONDS apart: long enough for a database that starts again, and an
# end to a batch that no database will ever take
ATTEMPTS = 5
CLOSE_SECONDS = 10  # that a server which stops waits for the last write


class BeaconQueue:
    """Bounded; one thread of the process empties it, which nothing but `close` ends.

    It writes every READINGS_WAIT_SECONDS, or as soon as a batch is full.
    """

    def __init__(self) -> None:
        self._beacons: deque[Beacon] = deque()
        self._batch: list[Beacon] = []  # taken from them, and kept until it is written or given up
        self._attempts = 0  # made to write it
        self._turned_away = 0
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._starting = threading.Lock()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._beacons) + len(self._batch)

    def put(self, beacon: Beacon) -> bool:
        """Let the beacon wait; False if there is no room, or the process ends. Never raises."""
        if not settings.READINGS_WAIT_SECONDS:
            if error := _write([beacon]):
                _log_lost(1, _told(error))
            return True
        if self._closed.is_set() or len(self) >= ROOM:
            self._turned_away += 1
            return False
        self._beacons.append(beacon)
        if self._thread is None or not self._thread.is_alive():
            self._start()
        if len(self._beacons) >= BATCH:
            self._wake.set()
        return True

    def flush(self, least: int = 1) -> None:
        """Write all that waits, in batches of `least` or more.

        A batch that fails stays for the next turn, and all behind it.
        """
        with self._writing:
            turned_away, self._turned_away = self._turned_away, 0
            if turned_away:
                _log_lost(turned_away, "the queue is full")
            while self._batch or len(self._beacons) >= least:
                if not self._batch:
                    size = min(BATCH, len(self._beacons))
                    self._batch = [self._beacons.popleft() for _turn in range(size)]
                if error := _write(self._batch):
                    self._put_off(error)
                    return
                self._batch, self._attempts = [], 0

    def close(self) -> None:
        """Write all that waits and end the thread; what cannot be written now is lost."""
        self._closed.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(CLOSE_SECONDS)
            if self._thread.is_alive():  # in a write, and to wait for its lock would be for ever
                _log_lost(len(self), "the database does not answer, and the process ends")
                return
        self.flush()
        if len(self):
            _log_lost(len(self), "the process ends")
            self._beacons.clear()
            self._batch = []

    def _start(self) -> None:
        """Start the thread, for the first time or in the place of one that has died."""
        with self._starting:
            if self._thread is not None:
                if self._thread.is_alive():  # another request was quicker
                    return
                logger.error("the thread that writes readings had died: a new one starts")
            thread = threading.Thread(target=self._run, name="readings", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # the machine has no more; the next beacon tries again
                logger.warning("no thread to write readings, they wait: %s", type(error).__name__)
                return
            self._thread = thread

    def _run(self) -> None:
        while not self._closed.is_set():
            seconds = settings.READINGS_WAIT_SECONDS
            if self._batch:  # it has failed: time may mend that, more beacons do not
                is_full = False
                self._closed.wait(seconds)
            else:
                is_full = self._wake.wait(seconds)
            self._wake.clear()
            # in a rush, what is no full batch yet waits: a write has its price
            least = BATCH if is_full and not self._closed.is_set() else 1
            try:
                close_old_connections()
                self.flush(least)
            except Exception as error:  # nobody would miss the thread before the queue is full
                logger.error("the thread that writes readings goes on after %s", _told(error))
        connection.close()

    def _put_off(self, error: Exception) -> None:
        """Leave the batch to the next turn, or give it up after its last attempt."""
        self._attempts += 1
        if self._attempts < ATTEMPTS:
            logger.warning(
                "%s beacons wait for another attempt: %s", len(self._batch), _told(error)
            )
        else:
            _log_lost(len(self._batch), _told(error))
            self._batch, self._attempts = [], 0


def _write(beacons: list[Beacon]) -> Exception | None:
    """Write these beacons, all or none; return what went wrong.

    Any error at all: one that nobody foresaw must neither end the thread nor reach the reader.
    """
    try:
        recording.write(beacons)
    except Exception as error:
        if isinstance(error, Error) and not connection.in_atomic_block:
            with suppress(Error):  # it may be gone already
                connection.close()
        return error
    return None


def _told(error: Exception) -> str:
    """Return its kind and place. The message stays out of the log: it may tell who reads what."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"


def _log_lost(number: int, reason: str) -> None:
    logger.warning("%s beacons are lost: %s", number, reason)


queue = BeaconQueue()


def _close_at_exit() -> None:
    queue.close()


def _start_anew_in_child() -> None:
    """Give a forked process a queue of its own: the thread and what waits are its parent's."""
    global queue
    queue = BeaconQueue()


atexit.register(_close_at_exit)
os.register_at_fork(after_in_child=_start_anew_in_child)
