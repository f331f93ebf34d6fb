"""Readers also viewed, for any number of readings: definition.sql run by DuckDB, in memory.

The meaning is in definition.py; both give the same lists. No database of the site is touched here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from readings.recommendations import click_log, in_memory
from readings.recommendations.definition import (
    FOREVER,
    ArticleId,
    Click,
    Learnt,
    TallyRow,
    Tuning,
    midnight,
)

if TYPE_CHECKING:
    import numpy as np

# a CSV file, rows, or the columns visit, article, ts
Clicks = Path | Iterable[Click] | Mapping[str, "np.ndarray"]

SCRIPT = Path(__file__).with_name("definition.sql")
DEFAULT = Tuning()
SQL_TYPES = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}
# views that are read more than once: as tables they are worth their memory
MATERIALIZED = {
    *("placed", "reading", "recent", "trending", "telling", "together", "raw_pair", "pair")
}
PAIRS = "SELECT article, neighbour, strength FROM entry ORDER BY article, rank"
READ = "SELECT article, share, latest FROM trending ORDER BY share DESC, latest DESC, article"


def compute(
    clicks: Clicks,
    *,
    cutoff: int,
    tallies: Iterable[TallyRow] = (),
    tuning: Tuning = DEFAULT,
    queries: Iterable[ArticleId] | None = None,
    known: Collection[ArticleId] | None = None,
) -> Learnt:
    """Return what `define` does with the same arguments."""
    with _computed(
        clicks, cutoff=cutoff, tallies=tallies, tuning=tuning, queries=queries, known=known
    ) as base:
        return Learnt(pairs=base.execute(PAIRS).fetchall(), read=base.execute(READ).fetchall())


def pair_tallies(
    clicks: Clicks, *, tuning: Tuning = DEFAULT, known: Collection[ArticleId] | None = None
) -> list[TallyRow]:
    """Return what may remain of readings, by the UTC day of a pair's later reading."""
    without_window = replace(tuning, window_hours=FOREVER)
    with _computed(
        clicks, cutoff=FOREVER, tuning=without_window, known=known, last="day_tally"
    ) as base:
        rows = base.execute(
            "SELECT article, neighbour, midnight, weight, visits FROM day_tally"
            " ORDER BY article, neighbour, midnight"
        ).fetchall()
    return [
        (article, neighbour, date(1970, 1, 1) + timedelta(seconds=ts), weight, visits)
        for article, neighbour, ts, weight, visits in rows
    ]


@contextmanager
def _computed(
    clicks: Clicks,
    *,
    cutoff: int,
    tallies: Iterable[TallyRow] = (),
    tuning: Tuning = DEFAULT,
    queries: Iterable[ArticleId] | None = None,
    known: Collection[ArticleId] | None = None,
    last: str = "entry",
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database in which the script has run until its view `last`."""
    every = queries is None
    with in_memory.database() as base:
        _load_all(base, clicks, list(tallies), list(dict.fromkeys(queries or ())), known)
        row = tuning_row(tuning, cutoff=cutoff, every=every)
        base.execute(f"CREATE TEMPORARY TABLE tuning AS {row}")
        for name, statement in statements():
            if name in MATERIALIZED:
                statement = statement.replace("TEMPORARY VIEW", "TEMPORARY TABLE")
            base.execute(statement)
            if name == last:
                break
        yield base


def statements() -> list[tuple[str, str]]:
    """Return the script as (name of the view, statement), in order."""
    script = re.split(r";\s+", SCRIPT.read_text(encoding="utf-8").strip().removesuffix(";"))
    return [(re.findall(r"TEMPORARY VIEW (\w+)", statement)[0], statement) for statement in script]


def tuning_row(tuning: Tuning, *, cutoff: int, every: bool) -> str:
    """Write the table `tuning` as a query that every engine reads the same.

    The casts make a fraction a double, which one engine or another would take for a decimal.
    """
    values = {"cutoff": cutoff, "every": every, **asdict(tuning)}
    columns = (
        f"CAST('{value}' AS {SQL_TYPES[type(value)]}) AS {name}" for name, value in values.items()
    )
    return "SELECT " + ", ".join(columns)


def _load_all(
    base: duckdb.DuckDBPyConnection,
    clicks: Clicks,
    tallies: list[TallyRow],
    queries: list[ArticleId],
    known: Collection[ArticleId] | None,
) -> None:
    some_ids = queries[:1] or list(islice(known or (), 1)) or [tally[0] for tally in tallies[:1]]
    if isinstance(clicks, Path) and not some_ids:
        some_ids = ["text, for all that we know of a file"]
    id_type = _load_clicks(base, clicks, default=_type_of(some_ids))
    _load(
        base,
        "tallies",
        f"article {id_type}, neighbour {id_type}, midnight BIGINT, weight DOUBLE, visits BIGINT",
        [
            (article, neighbour, midnight(day), weight, visits)
            for article, neighbour, day, weight, visits in tallies
        ],
    )
    _load(base, "queries", f"article {id_type}", [(article,) for article in queries])
    if known is None:
        base.execute("CREATE TEMPORARY TABLE known AS SELECT DISTINCT article FROM clicks")
    else:
        _load(base, "known", f"article {id_type}", [(article,) for article in known])


def _load_clicks(base: duckdb.DuckDBPyConnection, clicks: Clicks, *, default: str) -> str:
    """Make the table of clicks; return the type of an article, `default` if no click tells."""
    if isinstance(clicks, Path):
        click_log.load(base, clicks, id_type=default)
        return default
    if isinstance(clicks, Mapping):
        return _load_columns(base, clicks)
    rows = iter(clicks)
    first = list(islice(rows, 1))
    visit_type = _type_of([visit for visit, _article, _ts in first])
    id_type = _type_of([article for _visit, article, _ts in first]) if first else default
    columns = f"visit {visit_type}, article {id_type}, ts BIGINT"
    _load(base, "clicks", columns, chain(first, rows))
    return id_type


def _load_columns(base: duckdb.DuckDBPyConnection, columns: Mapping[str, np.ndarray]) -> str:
    base.register("columns_of_clicks", dict(columns))
    table = base.table("columns_of_clicks")
    types = {column: _narrowest(table, column) for column in ("visit", "article", "ts")}
    casts = (f"{column}::{narrow} AS {column}" for column, narrow in types.items())
    table.project(", ".join(casts)).create("clicks")
    return "VARCHAR" if types["article"] == "VARCHAR" else "BIGINT"


def _narrowest(table: duckdb.DuckDBPyRelation, column: str) -> str:
    """Return the smallest type for the column: what costs is sorting, and it costs by the byte."""
    if str(table.project(column).types[0]) == "VARCHAR":
        return "VARCHAR"
    largest = table.aggregate(f"max(abs({column}))").fetchall()[0][0]
    return "INTEGER" if largest is None or largest < 2**31 else "BIGINT"


def _type_of(ids: list[int | str]) -> str:
    return "VARCHAR" if any(isinstance(value, str) for value in ids) else "BIGINT"


def _load(
    base: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterable[tuple[object, ...]]
) -> None:
    base.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    with base.appender(table) as appender:
        appender.append_rows(rows)
