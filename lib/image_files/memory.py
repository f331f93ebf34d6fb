from __future__ import annotations

import contextlib
import ctypes

MMAP_THRESHOLD = -3  # the option's number in malloc.h
LARGE = 2**20


def give_back_large_blocks() -> None:
    """Have the C library return each large block to the system as soon as it is freed.

    Else it learns to keep blocks of up to 32 MB, in a store for each thread: four threads that
    decode one after the other held 700 MB, with this 210. Other C libraries do not have the
    option.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)
