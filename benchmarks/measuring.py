"""CPU and requests a second of a real server, read from the outside."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.sites import RESULTS, Site
from tests.serving import Server, serving

TICK = os.sysconf("SC_CLK_TCK")
MOST_ATTEMPTS = 3


@contextmanager
def served(site: Site, *, workers: int = 1, **changes: str) -> Iterator[Server]:
    env = {
        **changes,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": site.url,
        "DATA_DIR": str(RESULTS),
    }
    with serving(workers=workers, **env) as server:
        yield server


def cpu_seconds(server: Server) -> float:
    """Return what the workers have used since they started, user and system."""
    return seconds_of(server.workers())


def seconds_of(processes: Iterable[int]) -> float:
    total = 0
    for process in processes:
        fields = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def backends(site: Site) -> list[int]:
    """Return the processes of a PostgreSQL server on this machine that work for the site.

    None for SQLite, which works inside ours.
    """
    if not site.url.startswith("postgres"):
        return []
    with psycopg.connect(site.url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"  # autovacuum comes and goes
        )
        return [pid for (pid,) in rows]


def cpu_milliseconds(
    server: Server,
    path: str,
    *,
    requests: int,
    headers: dict[str, str] | None = None,
    database: Site | None = None,
) -> float:
    """Return the server's CPU for one GET, over `requests` on one kept connection.

    With that of the site's `database` if asked.
    """
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    _get(connection, path, headers)
    for _attempt in range(MOST_ATTEMPTS):
        processes = [*server.workers(), *(backends(database) if database else [])]
        started = seconds_of(processes)
        for _request in range(requests):
            _get(connection, path, headers)
        try:
            return (seconds_of(processes) - started) * 1000 / requests
        except FileNotFoundError:  # a connection came of age and went, with what it had counted
            continue
    raise SystemExit(f"{path}: its connection to the database went {MOST_ATTEMPTS} times")


def _get(connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None) -> None:
    connection.request("GET", path, headers={"Host": "localhost", **(headers or {})})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")


def per_second(work: Callable[[int], None], *, times: int, threads: int) -> float:
    """Return how often a second `work(n)` ends, by so many at once."""
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(times)))
    return times / (time.perf_counter() - started)


Figures = list[dict[str, float]]  # one dict a round: name -> figure


def middle(taken: Figures, name: str) -> float:
    return median(figures[name] for figures in taken)


def ratio(taken: Figures, name: str, to: str) -> float:
    """Return the median, over the rounds, of one figure as a multiple of another of its round."""
    return median(figures[name] / figures[to] for figures in taken)
