"""A database for one computation: in memory, on one core, gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

ONE_CORE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "3GB",
    "preserve_insertion_order": False,
}


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend it. It takes 3 GB at most and spills the rest into a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="also-viewed-") as spill:
        base = duckdb.connect(config={**ONE_CORE, "temp_directory": spill})
        try:
            base.execute("SET enable_progress_bar = false")
            yield base
        finally:
            base.close()
