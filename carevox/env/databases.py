"""The kind of DATABASE_URL: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ

from carevox.env.addresses import machine, port_number, whole_url
from carevox.env.reading import BadValue, Kind, shown

POSTGRES = {"postgres", "postgresql", "pgsql", "psql"}
POSTGRES_OPTIONS = {"assume_role", "prepare_threshold"}  # not libpq's: Django's and psycopg's
LONGEST_NAME = 63  # characters, in PostgreSQL


def database(root: Path) -> Kind[dict[str, Any]]:
    """The connection, tuned for SQLite (one writer, many readers) or PostgreSQL."""
    allowed = "sqlite:////path/file.sqlite3 or postgres://user:password@host/name"

    def parse(text: str) -> dict[str, Any]:
        url, scheme = whole_url(text), text.partition("://")[0].lower()
        if scheme == "sqlite":
            return _sqlite(url, root)
        if scheme in POSTGRES:
            return _postgres(url)
        raise ValueError

    return Kind(allowed, parse, is_secret=True)


def _sqlite(url: str, root: Path) -> dict[str, Any]:
    """Return the connection to a file: after three slashes below `root`, after four anywhere."""
    place = url.partition("://")[2]
    if place == ":memory:":
        return _sqlite_options(place)
    if not place.startswith("/") or len(place) == 1 or "?" in place:
        raise ValueError
    path = root / unquote(place[1:])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise BadValue(
            f"names a SQLite file that cannot be written: {shown(str(path))} ({error.strerror}); "
            "unless it says so, the file lies in DATA_DIR."
        ) from None
    return _sqlite_options(str(path))


def _sqlite_options(name: str) -> dict[str, Any]:
    # WAL: readers never wait for the writer. IMMEDIATE: a transaction takes its lock at once and
    # waits up to `timeout` seconds, less than a proxy does, instead of failing half-way. NORMAL is
    # safe against a killed process in WAL mode.
    pragmas = {
        "journal_mode": "WAL",
        "synchronous": "NORMAL",
        "foreign_keys": "ON",
        "cache_size": "-64000",
        "mmap_size": "268435456",
    }
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 15,
        "init_command": " ".join(f"PRAGMA {name}={value};" for name, value in pragmas.items()),
    }
    engine = "django.db.backends.sqlite3"
    return {"ENGINE": engine, "NAME": name, "OPTIONS": options, "CONN_MAX_AGE": None}


def _postgres(url: str) -> dict[str, Any]:
    with warnings.catch_warnings():  # a warning would be a second line, with the text in it
        warnings.simplefilter("error")
        config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    given = config.pop("OPTIONS", {})
    _check_postgres(config, given)
    # a server that is away is told within seconds, not minutes
    tuned = {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 2}
    options = tuned | given
    return config | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _check_postgres(config: dict[str, Any], options: dict[str, Any]) -> None:
    """Raise some error at what Django or libpq would refuse later, or silently leave out."""
    from psycopg.conninfo import make_conninfo

    plain = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"}
    if config.keys() - plain - {"DISABLE_SERVER_SIDE_CURSORS"}:
        raise ValueError
    if not isinstance(config.get("DISABLE_SERVER_SIDE_CURSORS", True), bool):
        raise ValueError
    if not isinstance(options.get("prepare_threshold", 2), int):
        raise ValueError
    if len(config["NAME"]) > LONGEST_NAME or not (config["NAME"] or "service" in options):
        raise ValueError
    if not config["HOST"].startswith("/"):  # else the folder of a socket
        for one in filter(None, config["HOST"].split(",")):
            machine(one)
    for port in filter(None, str(config["PORT"]).split(",")):
        port_number(port)
    make_conninfo("", **{name: options[name] for name in options.keys() - POSTGRES_OPTIONS})
