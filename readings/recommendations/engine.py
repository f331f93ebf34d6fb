"""Readers also viewed, for any number of readings: readings/recommendations/engine.sql run by DuckDB, in memory.

The meaning is in readings/recommendations/definition.py; both give the same lists. No database of the site is read or written here.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb

from readings.recommendations import click_log
from readings.recommendations.definition import (
    FOREVER,
    Article,
    Click,
    PairTally,
    Tuning,
    define,
    midnight,
)

__all__ = [
    "Article",
    "Click",
    "PairTally",
    "Tuning",
    "compute",
    "define",
    "pair_tallies",
    "trending",
]

SCRIPT = Path(__file__).with_suffix(".sql")
Clicks = (
    Path | Iterable[Click] | Mapping[str, Any]
)  # a CSV file, rows, or the columns visit, article, ts as numpy arrays
USUAL = Tuning()
ONE_CORE: dict[str, Any] = {"threads": 1, "memory_limit": "3GB", "preserve_insertion_order": False}
TYPES = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}
KEPT = {
    "placed",
    "reading",
    "recent",
    "trending",
    "together",
    "raw_pair",
    "pair",
}  # read more than once: worth their memory


def compute(
    clicks: Clicks,
    *,
    cutoff: int,
    tallies: Iterable[PairTally] = (),
    tuning: Tuning = USUAL,
    queries: Iterable[Article] | None = None,
    fill: bool = True,
) -> list[tuple[Article, Article, int]]:
    """Give rows (article, neighbour, rank from 1), the lists of `define` with the same arguments, in order."""
    with tables(
        clicks, cutoff=cutoff, tallies=tallies, tuning=tuning, queries=queries, fill=fill
    ) as base:
        return base.execute(
            "SELECT article, neighbour, rank FROM entry ORDER BY article, rank"
        ).fetchall()


def pair_tallies(clicks: Clicks, *, tuning: Tuning = USUAL) -> list[PairTally]:
    """Give what may remain of readings: rows (article, neighbour, UTC day of the later reading, weight, visits)."""
    with tables(
        clicks, cutoff=FOREVER, tuning=replace(tuning, window_hours=FOREVER), last="day_tally"
    ) as base:
        rows = base.execute(
            "SELECT article, neighbour, midnight, weight, visits FROM day_tally ORDER BY article, neighbour, midnight"
        ).fetchall()
    return [
        (a, b, date(1970, 1, 1) + timedelta(seconds=ts), weight, visits)
        for a, b, ts, weight, visits in rows
    ]


def trending(
    clicks: Clicks, *, cutoff: int, tallies: Iterable[PairTally] = (), tuning: Tuning = USUAL
) -> list[tuple[Article, float]]:
    """Give rows (article, now(b)): each article's share of the site's latest readings, best first."""
    with tables(clicks, cutoff=cutoff, tallies=tallies, tuning=tuning, last="trending") as base:
        return base.execute(
            "SELECT article, share FROM trending ORDER BY share DESC, latest DESC, article"
        ).fetchall()


@contextmanager
def tables(
    clicks: Clicks,
    *,
    cutoff: int,
    tallies: Iterable[PairTally] = (),
    tuning: Tuning = USUAL,
    queries: Iterable[Article] | None = None,
    fill: bool = True,
    last: str = "entry",
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database in which the script has run until its table `last`. It takes one core, 3 GB at most, and lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="also-viewed-") as spill:
        base = duckdb.connect(config={**ONE_CORE, "temp_directory": spill})
        try:
            base.execute("SET enable_progress_bar = false")
            asked, days = list(dict.fromkeys(queries or ())), list(tallies)
            kind = load_clicks(
                base, clicks, kind=type_of(asked[:1] or [day[0] for day in days[:1]])
            )
            load(
                base,
                "tallies",
                f"article {kind}, neighbour {kind}, midnight BIGINT, weight DOUBLE, visits BIGINT",
                [(*day[:2], midnight(day[2]), *day[3:]) for day in days],
            )
            load(base, "queries", f"article {kind}", [(article,) for article in asked])
            base.execute(
                f"CREATE TEMPORARY TABLE tuning AS {tuning_row(tuning, cutoff=cutoff, fill=fill, every=queries is None)}"
            )
            for name, statement in statements():
                base.execute(
                    statement.replace("TEMPORARY VIEW", "TEMPORARY TABLE")
                    if name in KEPT
                    else statement
                )
                if name == last:
                    break
            yield base
        finally:
            base.close()


def statements() -> list[tuple[str, str]]:
    """Give the script as (name of the view, statement), in order."""
    script = re.split(r";\s+", SCRIPT.read_text(encoding="utf-8").strip().removesuffix(";"))
    return [(re.findall(r"TEMPORARY VIEW (\w+)", statement)[0], statement) for statement in script]


def load_clicks(base: duckdb.DuckDBPyConnection, clicks: Clicks, *, kind: str) -> str:
    """Make the table of clicks from whatever has them; return the type of an article: `kind`, unless the clicks know better."""
    if isinstance(clicks, Path):
        click_log.load(base, clicks)
        return "VARCHAR"
    if isinstance(clicks, Mapping):
        base.register("columns_of_clicks", dict(clicks))
        columns = base.table("columns_of_clicks")
        kinds = {column: narrowest(columns, column) for column in ("visit", "article", "ts")}
        columns.project(
            ", ".join(f"{column}::{narrow} AS {column}" for column, narrow in kinds.items())
        ).create("clicks")
        return "VARCHAR" if kinds["article"] == "VARCHAR" else "BIGINT"
    rows = iter(clicks)
    first = list(islice(rows, 1))
    visit, article = (type_of([click[column] for click in first]) for column in (0, 1))
    load(
        base,
        "clicks",
        f"visit {visit}, article {article if first else kind}, ts BIGINT",
        chain(first, rows),
    )
    return article if first else kind


def narrowest(columns: duckdb.DuckDBPyRelation, column: str) -> str:
    """Return the smallest type that holds the column: what costs is sorting, and it costs by the byte."""
    if str(columns.project(column).types[0]) == "VARCHAR":
        return "VARCHAR"
    largest = columns.aggregate(f"max(abs({column}))").fetchall()[0][0]
    return "INTEGER" if largest is None or largest < 2**31 else "BIGINT"


def type_of(ids: list[int | str]) -> str:
    return "VARCHAR" if any(isinstance(value, str) for value in ids) else "BIGINT"


def load(
    base: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterable[tuple[object, ...]]
) -> None:
    base.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    with base.appender(table) as appender:
        appender.append_rows(rows)


def tuning_row(tuning: Tuning, *, cutoff: int, fill: bool, every: bool) -> str:
    """Write the table `tuning` as a query that every engine reads the same: a fraction is a double, never a decimal."""
    values = {"cutoff": cutoff, "fill": fill, "every": every, **asdict(tuning)}
    return "SELECT " + ", ".join(
        f"CAST('{value}' AS {TYPES[type(value)]}) AS {name}" for name, value in values.items()
    )
