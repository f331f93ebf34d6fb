"""Files to measure with: a click log, what is known of its articles, and the lists that come out.

All are CSV; times are Unix seconds.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

import duckdb
from django.utils import timezone

from readings.recommendations import in_memory
from readings.recommendations.definition import Tuning

HEADER = "session,article,ts"
ARTICLES_HEADERS = ("article,section", "article,section,published,keywords")
LOAD = """
CREATE TEMPORARY TABLE clicks AS
SELECT session AS visit, CAST(article AS {id_type}) AS article, ts
FROM read_csv(?, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = {{'session': 'VARCHAR', 'article': 'VARCHAR', 'ts': 'BIGINT'}},
    force_not_null = ['session', 'article'])
"""
INCOMPLETE = """
SELECT count(*) FROM clicks WHERE visit = '' OR CAST(article AS VARCHAR) = '' OR ts IS NULL
"""
IN_WINDOW = "ts < {cutoff} AND ts >= {cutoff} - {window_hours} * 3600e0"
FIRST_READ = "SELECT article, min(ts) FROM clicks GROUP BY article"
UTC_DAYS = "SELECT DISTINCT ts // 86400 FROM clicks WHERE {in_window}"
KNOWN = """
SELECT DISTINCT article FROM (
    SELECT article FROM clicks ASOF JOIN midnights ON clicks.ts >= midnights.begins
    WHERE {in_window} GROUP BY article, begins HAVING count(DISTINCT visit) >= {min_visits}
)
"""


class BadLog(ValueError):
    """One line that says what is wrong with which file."""


@dataclass(frozen=True)
class LoggedArticles:
    """What a log says of its articles, all ids as text."""

    first_read: dict[str, int]  # article -> Unix seconds
    known: set[str]  # those that enough visits of one day in the window have read


@dataclass(frozen=True)
class Facts:
    """What a line of the file of articles says; without `published` nobody knows when it was."""

    section: str
    published: float | None
    keywords: frozenset[str]


def load(base: duckdb.DuckDBPyConnection, path: Path, *, id_type: str = "VARCHAR") -> None:
    """Make the table `clicks`, sessions as text, articles of this type. Raises BadLog."""
    header = _first_line(path)
    if header.replace('"', "") != HEADER:
        raise BadLog(f"{path} must begin with the header {HEADER}; it begins with {header[:80]!r}.")
    try:
        base.execute(LOAD.format(id_type=id_type), [str(path)])
    except duckdb.Error as error:
        line = re.search(r"Line: (\d+)", str(error))
        place = f"{path}, line {line[1]}" if line else str(path)
        raise BadLog(
            f"{place}: a line must be a session, an article and a whole number of Unix seconds."
        ) from error
    ((incomplete,),) = base.execute(INCOMPLETE).fetchall()
    if incomplete:
        raise BadLog(f"{path}: {incomplete} line(s) without a session, an article or a time.")


def logged_articles(path: Path, *, cutoff: int, tuning: Tuning) -> LoggedArticles:
    """Return what the log says of its articles. Raises BadLog.

    A visit stands for a network: the log knows none.
    """
    with in_memory.database() as base:
        load(base, path)
        in_window = IN_WINDOW.format(cutoff=cutoff, window_hours=tuning.window_hours)
        days = base.execute(UTC_DAYS.format(in_window=in_window)).fetchall()
        base.execute("CREATE TEMPORARY TABLE midnights (begins BIGINT)")
        with base.appender("midnights") as appender:
            appender.append_rows((ts,) for ts in _midnights(day for (day,) in days))
        known = KNOWN.format(in_window=in_window, min_visits=tuning.min_visits)
        return LoggedArticles(
            first_read=dict(base.execute(FIRST_READ).fetchall()),
            known={article for (article,) in base.execute(known).fetchall()},
        )


def _midnights(utc_days: Iterable[int]) -> list[int]:
    """Return where the site's days begin that have a second in common with these days of UTC."""
    begins = set()
    for day in utc_days:
        for near in (day - 1, day, day + 1):
            try:
                midnight = datetime.combine(date(1970, 1, 1) + timedelta(days=near), time.min)
                begins.add(int(timezone.make_aware(midnight).timestamp()))
            except OverflowError:  # no calendar has such a day
                continue
    return sorted(begins)


def read_facts(path: Path) -> dict[str, Facts]:
    """Return article -> what the file says of it. Raises BadLog."""
    header = _first_line(path)
    if header.replace('"', "") not in ARTICLES_HEADERS:
        raise BadLog(
            f"{path} must begin with the header {' or '.join(ARTICLES_HEADERS)};"
            f" it begins with {header[:80]!r}."
        )
    facts = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            width = len(next(rows))
            for row in rows:
                facts[row[0]] = _facts(row, width)
    except (csv.Error, IndexError, ValueError) as error:
        raise BadLog(
            f"{path}, line {rows.line_num}: a line must be an article and a section, and, where the"
            " header says so, Unix seconds or nothing and keywords with ; between them."
        ) from error
    return facts


def _facts(cells: list[str], width: int) -> Facts:
    article, section, published, keywords = cells if width == 4 else (*cells, "", "")
    moment = float(published) if published else None
    if not article or (moment is not None and not isfinite(moment)):
        raise ValueError(cells)
    return Facts(section, moment, frozenset(filter(None, keywords.split(";"))))


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
