"""A click log in a CSV file, session,article,ts (in Unix seconds), and lists in another."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

HEADER = "session,article,ts"
READ = """
CREATE TEMPORARY TABLE clicks AS
SELECT session AS visit, article, ts
FROM read_csv(?, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = {'session': 'VARCHAR', 'article': 'VARCHAR', 'ts': 'BIGINT'},
    force_not_null = ['session', 'article'])
"""
INCOMPLETE = "SELECT count(*) FROM clicks WHERE visit = '' OR article = '' OR ts IS NULL"


class BadLog(ValueError):
    """One line that says what is wrong with which file."""


def load(base: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the table `clicks`, of text ids. Raises BadLog."""
    header = _first_line(path)
    if header.replace('"', "") != HEADER:
        raise BadLog(f"{path} must begin with the header {HEADER}; it begins with {header[:80]!r}.")
    try:
        base.execute(READ, [str(path)])
    except duckdb.Error as error:
        line = re.search(r"Line: (\d+)", str(error))
        place = f"{path}, line {line[1]}" if line else str(path)
        raise BadLog(
            f"{place}: a line must be a session, an article and a whole number of Unix seconds."
        ) from error
    ((incomplete,),) = base.execute(INCOMPLETE).fetchall()
    if incomplete:
        raise BadLog(f"{path}: {incomplete} line(s) without a session, an article or a time.")


def _first_line(path: Path) -> str:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            return file.readline(1000).decode("utf-8-sig", "replace").strip()
    except OSError as error:
        raise BadLog(f"{path} cannot be read: {error.strerror or error}.") from error


def read_ids(path: Path) -> list[str]:
    """Return the ids of a file with one a line. Raises BadLog."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadLog(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadLog(f"{path} is not UTF-8 text.") from error
    return [line.strip() for line in lines if line.strip()]


def write_lists(path: Path, entries: Iterable[tuple[object, object, int]]) -> None:
    """Write article,neighbour,rank. Raises BadLog."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["article", "neighbour", "rank"])
            writer.writerows(entries)
    except OSError as error:
        raise BadLog(f"{path} cannot be written: {error.strerror or error}.") from error
