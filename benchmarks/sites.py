"""The two sites that are compared, made once and kept.

They are benchmarks/results/*.sqlite3, or two databases of DATABASE_URL's server.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


@dataclass(frozen=True)
class Site:
    """name: as printed; url: its DATABASE_URL; the numbers are rows."""

    name: str
    url: str
    articles: int
    comments: int
    ratings: int
    readers: int


def sites(server: str = "") -> list[Site]:
    """Return the small and the large site, making those that are missing.

    `server` is a PostgreSQL address without a database; empty for SQLite.
    """
    return [_made(_site("small", 1_000, server)), _made(_site("large", 100_000, server))]


def options(doc: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument(
        "--rounds",
        type=int,
        default=5,
        help="how often each measure is taken; the median is printed",
    )
    return parser.parse_args()


def server_of(environment: dict[str, str]) -> str:
    """Return the PostgreSQL server that DATABASE_URL names, "" without one."""
    url = environment.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def asked(site: Site, script: str) -> Any:
    """Return what a script, in a process of its own with the site's database, prints as JSON."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DATABASE_URL": site.url}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def _site(name: str, articles: int, server: str) -> Site:
    url = _on(server, f"bench_{name}") if server else f"sqlite:///{RESULTS / f'{name}.sqlite3'}"
    return Site(
        name, url, articles, comments=articles * 10, ratings=articles * 5, readers=articles // 5
    )


def _on(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?")


def _made(site: Site) -> Site:
    """Make the site unless it is there; one that was left unfinished is begun anew."""
    RESULTS.mkdir(exist_ok=True)
    (_made_on_server if site.url.startswith("postgres") else _made_in_file)(site)
    return site


def _made_in_file(site: Site) -> None:
    done = RESULTS / f"{site.name}.done"
    if not done.exists():
        for part in RESULTS.glob(f"{site.name}.sqlite3*"):
            part.unlink()
        _fill(site, site.url)
        done.touch()


def _made_on_server(site: Site) -> None:
    server, name = os.environ["DATABASE_URL"], f"bench_{site.name}"
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        connection.execute(f"DROP DATABASE IF EXISTS {name}_unfinished")
        connection.execute(f"CREATE DATABASE {name}_unfinished")
        _fill(site, _on(server, f"{name}_unfinished"))
        connection.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")


def _fill(site: Site, url: str) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DEBUG": "on",
        "SITE_URL": "http://localhost",
        "LOG_LEVEL": "ERROR",
        "DATA_DIR": str(RESULTS),
    }
    sizes = [
        f"--{name}={getattr(site, name)}" for name in ("articles", "readers", "comments", "ratings")
    ]
    for command in (["migrate", "-v", "0"], ["demo_content", *sizes]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
