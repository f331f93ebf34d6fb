"""Kinds of addresses: of the site, of the hosts that it answers to, of who sends its mails."""

from __future__ import annotations

import re
from email.policy import SMTP
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.validators import validate_email

from carevox.env.reading import BadValue, Kind, is_one_line

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
MACHINE = re.compile(r"[A-Za-z0-9._:\[\]-]+")
LONGEST_HOST = 253  # characters, by the rules of the DNS
BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def address() -> Kind[str]:
    """The address of a site without a path: `https://www.example.org`."""
    allowed = "an address like https://www.example.org: no path, and a host with accents as xn--…"
    return Kind(allowed, origin)


def hosts() -> Kind[list[str]]:
    """Hosts with commas between them; `.example.org` is a domain with all its hosts."""
    allowed = "hosts with commas between them, such as www.example.org,example.org"

    def parse(text: str) -> list[str]:
        return [_pattern(part.strip()) for part in text.split(",") if part.strip()]

    return Kind(allowed, parse)


def _pattern(text: str) -> str:
    if text == "*":
        return text
    return f".{host(text[1:])}" if text.startswith(".") else host(text)


def allowed_hosts(hosts: list[str], *, site_url: str, debug: bool) -> list[str]:
    """Return the hosts to answer to: these, that of the site, and loopback for the probe."""
    hostname = _host_of(site_url)
    public = {host for host in [*hosts, hostname] if host not in LOCAL_HOSTS}
    if debug and public:
        named = ", ".join(sorted(public))
        raise ImproperlyConfigured(
            f"DEBUG must be off on a public host (SITE_URL and ALLOWED_HOSTS name {named}): "
            "it shows settings and code to anyone."
        )
    if not debug and "*" in hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts: « * » lets anyone forge the addresses in mails."
        )
    return [*dict.fromkeys([*hosts, hostname, "localhost", "127.0.0.1", "[::1]"])]


def mail_address() -> Kind[str]:
    def parse(text: str) -> str:
        header = SMTP.header_factory("from", text)
        if header.defects:
            raise ValueError
        [sender] = header.addresses
        validate_email(sender.addr_spec)
        return text

    return Kind("one mail address, such as CareVox <ne-pas-repondre@example.org>", parse)


def origin(text: str) -> str:
    """Return an address of scheme, host and port in lower case; raise ValueError if it has more."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or parts.path.strip("/"):
        raise ValueError
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError
    port = "" if parts.port is None else f":{port_number(parts.port)}"
    return f"{parts.scheme}://{host(_host_of(text))}{port}"


def _host_of(url: str) -> str:
    hostname = urlsplit(url).hostname or ""
    return f"[{hostname}]" if ":" in hostname else hostname


def host(text: str) -> str:
    """Return a host as browsers name it, IPv6 in brackets; raise ValueError if it is none."""
    if text.startswith("[") and text.endswith("]") and "%" not in text:
        return f"[{IPv6Address(text[1:-1])}]"
    if re.fullmatch(r"[0-9.]+", text):
        return str(ip_address(text))
    labels = text.lower().split(".")
    if len(text) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError
    return text.lower()


def machine(text: str) -> str:
    """Return the name of a server, which a private network may spell in its own way."""
    if not MACHINE.fullmatch(text):
        raise ValueError
    return text


def port_number(port: int | str) -> int:
    if not 1 <= int(port) <= 65_535:
        raise ValueError
    return int(port)


def whole_url(text: str) -> str:
    """Return the address of a server as its parser must get it: with whole escapes, and # escaped.

    The server has no fragments, so a # belongs to the password.
    """
    if BROKEN_ESCAPE.search(text):
        raise BadValue("holds a % that begins no escape: write %25 for it.")
    if not is_one_line(unquote(text, errors="strict")):
        raise ValueError
    return text.replace("#", "%23")
