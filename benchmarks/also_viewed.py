"""What it costs to build all lists: CPU seconds of the script, beside plain numpy in the same run.

    python -m benchmarks.also_viewed                  # `make bench` runs it too
    python -m benchmarks.also_viewed --readings 10000000 --repeat 3

Each engine runs in a process of its own with one thread, DuckDB for the script, on the same
generated log (benchmarks/news_log.py). Reading the log from its table is counted, generating it is
not. numpy does less: it knows no ties, no silences, no over-long visits and no subjects, so not all
lists are the same. What is above its budget is marked OVER; on a busy machine only the ratio means
something. How good the lists are is measured by benchmarks/replay.py.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import django
import numpy as np

from benchmarks.news_log import END, news_log
from readings.recommendations.definition import Tuning
from readings.recommendations.duckdb_engine import compute

Lists = dict[int, list[int]]
Engine = Callable[[np.ndarray, np.ndarray, np.ndarray], Lists]
Result = TypeVar("Result")
TUNING = Tuning()
FROM_NOW = 3
BUDGET = {1_000_000: (2, 4), 10_000_000: (20, 4)}  # readings: CPU seconds, GB


@dataclass(frozen=True)
class Run:
    lists: Lists
    cpu_s: float
    peak_gb: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--readings",
        type=int,
        action="append",
        help="size of the log, once or more (1 and 10 million)",
    )
    parser.add_argument("--repeat", type=int, default=1, help="take the best of so many runs")
    arguments = parser.parse_args()
    print(
        f"{'readings':>10} {'script, s':>10} {'GB':>6} {'numpy, s':>10} {'GB':>6} {'ratio':>6}"
        "   same lists   budget"
    )
    for readings in arguments.readings or BUDGET:
        with tempfile.TemporaryDirectory(prefix="also-viewed-") as folder:
            log = Path(folder) / "log.npz"
            in_new_process(write_log, readings, log)
            script_run, plain_run = (
                best_run(engine, log, arguments.repeat) for engine in (script, plain)
            )
        report(readings, script_run, plain_run)


def best_run(engine: Engine, log: Path, repeat: int) -> Run:
    runs = [in_new_process(measure, engine, log) for _turn in range(repeat)]
    return min(runs, key=lambda run: run.cpu_s)


def report(readings: int, script_run: Run, plain_run: Run) -> None:
    same = sum(script_run.lists.get(article) == row for article, row in plain_run.lists.items())
    seconds, gigabytes = BUDGET.get(readings, (float("inf"), float("inf")))
    is_over = script_run.cpu_s > seconds or script_run.peak_gb > gigabytes
    print(
        f"{readings:10} {script_run.cpu_s:10.2f} {script_run.peak_gb:6.2f}"
        f" {plain_run.cpu_s:10.2f} {plain_run.peak_gb:6.2f}"
        f" {script_run.cpu_s / plain_run.cpu_s:6.2f} {same / len(plain_run.lists):12.1%}"
        f"   {seconds} s, {gigabytes} GB{': OVER' if is_over else ''}",
        flush=True,
    )


def in_new_process(function: Callable[..., Result], *arguments: object) -> Result:
    """Run in a new process, so that time and memory are the function's own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def write_log(readings: int, path: Path) -> None:
    visit, article, moment = news_log(readings)
    np.savez(path, visit=visit, article=article, moment=moment)


def measure(engine: Engine, path: Path) -> Run:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    with np.load(path) as log:
        columns = log["visit"], log["article"], log["moment"]
    before = cpu()
    lists = engine(*columns)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Run(lists, cpu_s=round(cpu() - before, 2), peak_gb=round(used, 2))


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def script(visit: np.ndarray, article: np.ndarray, moment: np.ndarray) -> Lists:
    from readings.recommendations.lists import ListMaker, PublishedArticle

    columns = {"visit": visit, "article": article, "ts": moment}
    learnt = compute(columns, cutoff=END, tuning=TUNING)
    articles = [PublishedArticle(pk, 0, frozenset(), 0.0) for pk, _share, _latest in learnt.read]
    maker = ListMaker(learnt, articles, cutoff=END, trend=TUNING.trend)
    return {
        int(article.pk): [int(b) for b, _source in maker.list_of(article.pk, length=TUNING.top)]
        for article in articles
    }


def plain(visit: np.ndarray, article: np.ndarray, moment: np.ndarray) -> Lists:
    """The same formula as a numpy program of one's own would have it."""
    order = np.lexsort((moment, article, visit))
    first = np.r_[True, (np.diff(visit[order]) != 0) | (np.diff(article[order]) != 0)]
    order = order[first]
    order = order[np.lexsort((moment[order], visit[order]))]
    visit, article, moment = visit[order], article[order], moment[order]
    pairs = [
        (np.flatnonzero(visit[:-gap] == visit[gap:]), gap) for gap in range(1, TUNING.max_gap + 1)
    ]
    x, y = (np.concatenate([article[at + gap * later] for at, gap in pairs]) for later in (0, 1))
    since = np.concatenate([moment[at + gap] for at, gap in pairs])
    weight = np.concatenate([np.full(len(at), 1 / gap) for at, gap in pairs])
    row, neighbour, since, weight = (
        np.r_[x, y],
        np.r_[y, x],
        np.r_[since, since],
        np.r_[weight, TUNING.backward * weight],
    )
    order = np.lexsort((-since, row))
    row, neighbour, weight = row[order], neighbour[order], weight[order]
    newer = np.arange(len(row)) - np.searchsorted(row, row)
    size = int(article.max()) + 1
    key = row * size + neighbour
    order = np.argsort(key, kind="stable")
    key, weight = key[order], (weight / (1 + newer / TUNING.r0))[order]
    start = np.flatnonzero(np.r_[True, np.diff(key) != 0])
    strength, visits, key = (
        np.add.reduceat(weight, start),
        np.diff(np.r_[start, len(key)]),
        key[start],
    )
    strength, key = strength[visits >= TUNING.min_visits], key[visits >= TUNING.min_visits]

    latest = np.argsort(moment, kind="stable")[::-1][: 8 * TUNING.half_readings]
    now = np.bincount(
        article[latest],
        weights=0.5 ** (np.arange(len(latest)) / TUNING.half_readings),
        minlength=size,
    )
    now = TUNING.trend * now / now.sum()
    spare = np.argsort(-now, kind="stable")[: 2 * TUNING.top + 1]
    bounds = np.searchsorted(key, np.arange(size + 1) * size)
    lists = {}
    for a in np.unique(article).tolist():
        seen, together = key[bounds[a] : bounds[a + 1]] % size, strength[bounds[a] : bounds[a + 1]]
        others = spare[~np.isin(spare, seen) & (spare != a)]
        beside, rest = others[:FROM_NOW], others[FROM_NOW:]
        candidates, score = np.r_[seen, beside], np.r_[together + now[seen], now[beside]]
        best = candidates[np.argsort(-score, kind="stable")]
        lists[a] = np.r_[best, rest][: TUNING.top].tolist()
    return lists


if __name__ == "__main__":
    main()
