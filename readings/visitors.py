"""Who asks, as far as counting needs to know: two hashes that die with the day's salt.

No address leaves this module.
"""

from __future__ import annotations

import hmac
import re
import time
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.http import HttpRequest

from lib.web.limits import client_address, network_of
from readings import salt
from readings.models import BannedNetwork

# Those who say what they are, and the libraries that programs use. A headless browser is not
# among them: it is still somebody's browser. Matched against small letters, for a pattern that
# ignores case takes three times as long.
ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|fetch|preview|monitor|scrap|archiver"
    r"|facebookexternalhit|whatsapp|lighthouse|pagespeed"
    r"|curl/|wget/|python|libwww|httpx|aiohttp|go-http-client|java/|okhttp|axios|node|ruby|php|perl"
)
BANS_SECONDS = 30  # how long another process may take to see a new ban


@dataclass(frozen=True, slots=True)
class Visitor:
    """Hashes of address and browser, and of the network, that fit a 64-bit column."""

    key: int
    network: int


def visitor_of(request: HttpRequest, address: str = "") -> Visitor:
    """Return who asks; `address` spares reading it from the request again."""
    address = address or client_address(request)
    browser = request.META.get("HTTP_USER_AGENT", "")
    key = salt.current().value
    return Visitor(
        key=_hash(f"visitor {address} {browser}", key),
        network=_hash(f"network {network_of(address)}", key),
    )


def _hash(text: str, key: bytes) -> int:
    digest = hmac.digest(key, text.encode("utf-8", "surrogateescape"), "sha256")
    return int.from_bytes(digest[:8]) >> 1  # the column is signed


def does_not_count(request: HttpRequest, address: str) -> bool:
    """Tell whether the request asks not to be counted, or is not a reader's on a page of ours."""
    header = request.META.get
    browser = header("HTTP_USER_AGENT", "")
    return (
        header("HTTP_DNT") == "1"
        or header("HTTP_SEC_GPC") == "1"
        or _is_speculative(request)
        or header("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin"
        or not browser
        or bool(ROBOT.search(browser.lower()))
        or is_banned(address)
    )


def _is_speculative(request: HttpRequest) -> bool:
    """Tell whether a browser fetches the page in case somebody will want it."""
    return any(
        "prefetch" in purpose or "prerender" in purpose
        for name in ("HTTP_PURPOSE", "HTTP_SEC_PURPOSE", "HTTP_X_MOZ")
        if (purpose := request.META.get(name))
    )


# when to read them again (monotonic seconds), and the networks
_bans: tuple[float, list[IPv4Network | IPv6Network]] = (0.0, [])


def is_banned(address: str) -> bool:
    """Tell whether an editor has banned the network. One query every thirty seconds."""
    global _bans
    if time.monotonic() >= _bans[0]:
        prefixes = BannedNetwork.objects.values_list("prefix", flat=True)
        _bans = time.monotonic() + BANS_SECONDS, [ip_network(prefix) for prefix in prefixes]
    networks = _bans[1]
    return bool(networks) and any(ip_address(address) in network for network in networks)


def forget_bans() -> None:
    """Read the bans again at the next request."""
    global _bans
    _bans = (0.0, [])
