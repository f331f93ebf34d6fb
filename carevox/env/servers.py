"""Kinds of servers, each named by one URL: cache, storage, mail, error reports; and jobs."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import environ

from carevox.env.addresses import machine, origin, port_number, whole_url
from carevox.env.reading import BadValue, Kind

BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")


def cache() -> Kind[dict[str, Any]]:
    """locmem:// (one process), redis://host:6379/0 (shared) or dummy://."""
    allowed = "locmem://, redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0"
    return Kind(allowed, _cache, is_secret=True)


def _cache(text: str) -> dict[str, Any]:
    if text == "locmem://":
        options = {"MAX_ENTRIES": 20_000}
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
    if text == "dummy://":
        return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    url = whole_url(text)
    for one in re.split("[;,]", url):  # as Django splits them
        _check_redis(one)
    return {"BACKEND": "lib.caching.PatientCache", "LOCATION": url, "OPTIONS": _redis_options()}


def _check_redis(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"}:
        # the client takes another host or database than the one that it does not understand
        machine(parts.hostname or "")
        port_number(6379 if parts.port is None else parts.port)
        if not re.fullmatch(r"(/[0-9]{0,4})?", parts.path):
            raise ValueError
    elif parts.scheme != "unix" or len(parts.path) < 2 or parts.hostname:
        raise ValueError
    options = _redis_options()
    from redis import ConnectionPool

    ConnectionPool.from_url(url, **options).make_connection()  # connects to nothing yet


def _redis_options() -> dict[str, Any]:
    """Return options under which a frozen server costs half a second once (retries off)."""
    _require("redis", "redis")
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    retry = Retry(NoBackoff(), 0)
    return {"socket_timeout": 0.3, "socket_connect_timeout": 0.3, "retry": retry}


def jobs() -> Kind[dict[str, Any]]:
    backends = {
        "immediate": "django_tasks.backends.immediate.ImmediateBackend",
        "database": "django_tasks_db.DatabaseBackend",
    }
    allowed = "immediate (in the request) or database (by `manage.py db_worker`)"
    return Kind(allowed, lambda text: {"BACKEND": backends[text.lower()]})


def storage() -> Kind[dict[str, Any]]:
    """Where uploads go: the folder MEDIA_ROOT (empty), or a bucket."""
    allowed = "like s3://bucket?endpoint=https://s3.example.org&domain=media.example.org"

    def parse(text: str) -> dict[str, Any]:
        return _bucket(text) if text else {"BACKEND": "django.core.files.storage.FileSystemStorage"}

    return Kind(allowed, parse, is_secret=True)


def _bucket(text: str) -> dict[str, Any]:
    parts = urlsplit(text)
    if parts.scheme != "s3" or not BUCKET.fullmatch(parts.netloc) or parts.path or parts.fragment:
        raise ValueError
    query = parse_qsl(parts.query, strict_parsing=True, errors="strict") if parts.query else []
    given = dict(query)
    if given.keys() - {"endpoint", "domain"} or len(given) < len(query):
        raise ValueError
    if endpoint := given.get("endpoint"):
        origin(urlsplit(endpoint)._replace(path="").geturl())
    if domain := given.get("domain"):
        domain = origin(f"https://{domain}").removeprefix("https://")
    _require("storages", "django-storages[s3]")
    options = {
        "bucket_name": parts.netloc,
        "endpoint_url": endpoint,
        "custom_domain": domain,
        "querystring_auth": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def media_origins(storage: dict[str, Any]) -> list[str]:
    """Return the other origins that pictures come from: none, or the bucket's domain."""
    domain = storage.get("OPTIONS", {}).get("custom_domain")
    return [f"https://{domain}"] if domain else []


def mail_server() -> Kind[dict[str, Any]]:
    """Django's settings EMAIL_…."""
    allowed = (
        "smtp://user:password@host:25, smtp+tls://…, smtp+ssl://…, filemail:// or consolemail://"
    )
    return Kind(allowed, _mail_server, is_secret=True)


def _mail_server(text: str) -> dict[str, Any]:
    config = environ.Env.email_url_config(whole_url(text))
    scheme, _slashes, rest = text.partition("://")
    if not scheme.lower().startswith("smtp"):
        if rest:  # the folder of filemail:// is DATA_DIR's
            raise ValueError
        return {"EMAIL_BACKEND": config["EMAIL_BACKEND"]}
    parts = urlsplit(whole_url(text))
    user, password = config["EMAIL_HOST_USER"] or "", config["EMAIL_HOST_PASSWORD"] or ""
    if parts.path.strip("/") or parts.query:
        raise ValueError
    # SMTP signs in with ASCII, and Django without a password does not sign in at all
    if not (user + password).isascii() or bool(user) != bool(password):
        raise ValueError
    is_ssl = config.get("EMAIL_USE_SSL", False)
    default_port = 465 if is_ssl else 25
    return {
        "EMAIL_BACKEND": "outbox.smtp.BoundedBackend",
        "EMAIL_HOST": machine(parts.hostname or ""),
        "EMAIL_PORT": port_number(default_port if parts.port is None else parts.port),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": config.get("EMAIL_USE_TLS", False),
        "EMAIL_USE_SSL": is_ssl,
    }


def sentry() -> Kind[str]:
    """The address that error reports go to; none: empty."""

    def parse(text: str) -> str:
        parts = urlsplit(text)
        if text:
            if parts.scheme not in {"http", "https"} or not parts.username:
                raise ValueError
            _require("sentry_sdk", "sentry-sdk")
            from sentry_sdk.utils import Dsn

            Dsn(text)
        return text

    return Kind("https://key@host/number, as Sentry gives it", parse, is_secret=True)


def _require(module: str, package: str) -> None:
    if find_spec(module) is None:
        raise BadValue(
            f"needs the package « {package} », which is not installed: "
            "pip install -r requirements/extras.txt."
        )
