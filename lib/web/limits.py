"""How often one account or one network may do a thing.

Counted in the cache; a dead cache lets everybody pass.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lib.web.typed import typed

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Limit:
    """The verdict; `retry_after` in seconds."""

    allowed: bool
    retry_after: int = 0


def allow(scope: str, key: str, *, limit: int, seconds: int) -> Limit:
    """Count one more in the window of `seconds` that now runs; refuse beyond `limit`."""
    window, elapsed = divmod(int(time.time()), seconds)
    name = "limit:" + hashlib.sha256(f"{scope}:{key}:{window}".encode()).hexdigest()
    try:
        cache.add(name, 0, seconds)
        count = cache.incr(name)
    except Exception:  # whatever a cache raises, readers do not pay for it
        logger.warning("limits are off: the cache does not answer", exc_info=True)
        return Limit(allowed=True)
    return Limit(allowed=count is None or count <= limit, retry_after=seconds - elapsed)


def client_address(request: HttpRequest) -> str:
    """Return the address of the client as the last trusted proxy saw it (TRUSTED_PROXY_COUNT).

    Without a proxy, the peer's.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    is_forwarded = trusted and len(hops) >= trusted
    address = hops[-trusted] if is_forwarded else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(address))
    except ValueError:
        return "0.0.0.0"  # noqa: S104  a unix socket or a broken proxy: all of them share one allowance


def network_of(address: str) -> str:
    """Return the network of an address: /24, or /64 for IPv6."""
    if ":" in address:
        return str(ip_network(f"{address}/64", strict=False))
    return f"{address.rpartition('.')[0]}.0/24"


def network_key(request: HttpRequest) -> str:
    """Return a key of the client's network that is worthless tomorrow."""
    message = f"{timezone.localdate()}:{network_of(client_address(request))}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def limited(
    scope: str,
    methods: tuple[str, ...] = ("POST",),
    /,
    *,
    per_account: tuple[int, int],
    per_network: tuple[int, int],
) -> Callable[[View], View]:
    """Answer 429 when a POST goes beyond (number, seconds) of its account or network.

    `methods` name others than POST.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods:
                for verdict in _verdicts(request, scope, per_account, per_network):
                    if not verdict.allowed:
                        return too_many(request, verdict.retry_after)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _verdicts(
    request: HttpRequest, scope: str, per_account: tuple[int, int], per_network: tuple[int, int]
) -> list[Limit]:
    limit, seconds = per_network
    verdicts = [allow(f"{scope}:network", network_key(request), limit=limit, seconds=seconds)]
    if request.user.is_authenticated:
        limit, seconds = per_account
        account = str(request.user.pk)
        verdicts.append(allow(f"{scope}:account", account, limit=limit, seconds=seconds))
    return verdicts


def too_many(request: HttpRequest, retry_after: int) -> HttpResponse:
    told = {"retry_minutes": -(-retry_after // 60), "typed": typed(request)}
    response = render(request, "429.html", told, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response
