"""Read one setting each, and refuse what would be unsafe or broken with one line that names the variable."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def secret_key(value: str, *, debug: bool) -> str:
    if value:
        if len(value) < 50 and not debug:
            raise ImproperlyConfigured(
                "SECRET_KEY is too short: give at least 50 random characters (`make secret` prints some)."
            )
        return value
    if debug:
        return "insecure-key-of-the-demo-insecure-key-of-the-demo-insecure"
    raise ImproperlyConfigured(
        "SECRET_KEY is missing: set at least 50 random characters (`make secret` prints some), or DEBUG=on to try the site."
    )


def site_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"SITE_URL must look like https://www.example.org, without a path; it is {value!r}."
        )
    return f"{parts.scheme}://{parts.netloc}"


def allowed_hosts(hosts: list[str], *, site_url: str, debug: bool) -> list[str]:
    """Return the hosts to answer to: ALLOWED_HOSTS, the host of SITE_URL and the loopback names for the probe."""
    hostname = urlsplit(site_url).hostname or ""
    public = {host for host in [*hosts, hostname] if host not in LOCAL_HOSTS}
    if debug and public:
        raise ImproperlyConfigured(
            f"DEBUG must be off on a public host ({', '.join(sorted(public))}): it shows settings and code to anyone."
        )
    if not debug and "*" in hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts: « * » lets anyone forge the addresses in mails."
        )
    return [*dict.fromkeys([*hosts, hostname, "localhost", "127.0.0.1", "[::1]"])]


def database(env: environ.Env, *, default: str) -> dict[str, Any]:
    """Return the connection of DATABASE_URL, tuned for SQLite (one writer, many readers) or PostgreSQL."""
    try:
        config: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=default))
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: write sqlite:////path/file.sqlite3 or postgres://user:password@host/name."
        ) from error
    if config["ENGINE"].endswith("sqlite3"):
        return config | sqlite_options(Path(config["NAME"]))
    if config["ENGINE"].endswith("postgresql"):
        options = {"server_side_binding": True, "prepare_threshold": 2} | config.get("OPTIONS", {})
        return config | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    raise ImproperlyConfigured(
        f"DATABASE_URL must be SQLite or PostgreSQL, not {config['ENGINE']}."
    )


def sqlite_options(path: Path) -> dict[str, Any]:
    if str(path) != ":memory:":
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab"):
                pass
        except OSError as error:
            raise ImproperlyConfigured(
                f"DATABASE_URL names a SQLite file that cannot be written: {path} ({error.strerror})."
            ) from error
    # WAL: readers never wait for the writer. IMMEDIATE: a transaction takes its lock at once and waits up to
    # `timeout` seconds instead of failing half-way. NORMAL is safe against a killed process in WAL mode.
    init = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;"
    return {
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": init},
        "CONN_MAX_AGE": None,
    }


def cache(url: str) -> dict[str, Any]:
    """Return the cache of CACHE_URL: locmem:// (one process), redis://host:6379/0 (shared) or dummy://."""
    scheme = url.partition("://")[0]
    if scheme == "locmem":
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    if scheme == "dummy":
        return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    if scheme in {"redis", "rediss", "unix"}:
        return {"BACKEND": "lib.caching.PatientCache", "LOCATION": url, "OPTIONS": redis_options()}
    raise ImproperlyConfigured(
        f"CACHE_URL must begin with locmem://, redis://, rediss:// or unix://; it begins with {scheme!r}."
    )


def redis_options() -> dict[str, Any]:
    """Return options under which a frozen server costs half a second once, not ten (retries off)."""
    try:
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError as error:
        raise ImproperlyConfigured(
            "CACHE_URL names Redis, but the package « redis » is not installed: pip install -r requirements/extras.txt."
        ) from error
    return {"socket_timeout": 0.3, "socket_connect_timeout": 0.3, "retry": Retry(NoBackoff(), 0)}


def jobs(kind: str) -> dict[str, Any]:
    backends = {
        "immediate": "django_tasks.backends.immediate.ImmediateBackend",
        "database": "django_tasks_db.DatabaseBackend",
    }
    if kind not in backends:
        raise ImproperlyConfigured(
            f"JOBS must be immediate (in the request) or database (by `manage.py db_worker`); it is {kind!r}."
        )
    return {"BACKEND": backends[kind]}


def number(env: environ.Env, name: str, default: float, *, least: float, most: float) -> float:
    """Return the number of a setting, between `least` and `most`."""
    text = env.str(name, default=str(default)).replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise ImproperlyConfigured(
            f"{name} must be a number from {least:g} to {most:g}; it is {text!r}."
        )
    return value


def trial(text: str) -> str:
    """Return the setting of « aussi consulté » that half of the visits try: none, back-off, or r0=150."""
    kind, _equals, value = text.partition("=")
    if text in {"", "back-off"} or (
        kind == "r0" and value.isdecimal() and 1 <= int(value) <= 100_000
    ):
        return text
    raise ImproperlyConfigured(
        f"ALSO_VIEWED_TRIAL must be empty, back-off, or a number of contributions such as r0=150; it is {text!r}."
    )


def file_storage(url: str) -> dict[str, Any]:
    """Return where uploads go: MEDIA_ROOT, or the bucket of STORAGE_URL (s3://bucket?endpoint=https://…&domain=media.example.org)."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured(
            "STORAGE_URL must look like s3://bucket?endpoint=https://s3.example.org&domain=media.example.org."
        )
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    options = {
        "bucket_name": parts.hostname,
        "endpoint_url": query.get("endpoint"),
        "custom_domain": query.get("domain"),
        "querystring_auth": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def media_origins(storage: dict[str, Any]) -> list[str]:
    """Return the other origins that pictures come from: none, or the bucket's domain."""
    domain = storage.get("OPTIONS", {}).get("custom_domain")
    return [f"https://{domain}"] if domain else []


def logging(form: str, level: str) -> dict[str, Any]:
    """Return the log: one handler on standard error for all loggers, which keeps addresses out of what Django writes."""
    if form not in {"text", "json"}:
        raise ImproperlyConfigured(f"LOG_FORMAT must be text or json; it is {form!r}.")
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ImproperlyConfigured(
            f"LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR; it is {level!r}."
        )
    formatters = {
        "json": {"()": "carevox.logs.JsonFormatter"},
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "filters": {"route": {"()": "carevox.logs.RouteForPath"}},
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "stream": sys.stderr,
                "formatter": form,
                "filters": ["route"],
            }
        },
        "loggers": {
            "django": {"level": "INFO" if level == "DEBUG" else level}
        },  # Django sets its own level and handlers: ours takes their place
        "root": {"handlers": ["out"], "level": level},
    }


def error_reports(dsn: str, *, release: str) -> None:
    if not dsn:
        return
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but the package « sentry-sdk » is not installed: pip install -r requirements/extras.txt."
        ) from error
    # without the request and the variables of the functions: they hold the address read and what was typed
    private = {
        "send_default_pii": False,
        "include_local_variables": False,
        "before_send": _without_request,
    }
    sentry_sdk.init(dsn=dsn, release=release, **private)


def _without_request(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "request"}


def version(changelog: Path) -> str:
    """Return the newest version that CHANGELOG.md names; "0" without one."""
    found = (
        re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog.read_text(encoding="utf-8"), re.MULTILINE)
        if changelog.is_file()
        else None
    )
    return found[1] if found else "0"
