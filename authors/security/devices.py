"""Devices that know an account: whoever signed in leaves a signed cookie there.

While an account is limited because somebody tries passwords from elsewhere, its own devices are
counted apart and stay let in (OWASP: Slow Down Online Guessing Attacks with Device Cookies). The
cookie names account and device, holds until the password changes, and proves nothing by itself:
the password is asked for as ever.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from authors.models import User
from lib.writing.characters import legible

SALT = "authors.security.devices"
AGE = 180 * 24 * 3600  # seconds
MOST = 5  # accounts that one browser is known to


class Device(NamedTuple):
    account: int
    since: int
    name: str
    proof: str


def cookie_name() -> str:
    """With the prefix of a secure site no other host can set it, not even a sub-domain."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the answer to a sign-in carry the cookie; of this account, the newest alone counts."""
    name = get_random_string(16)
    device = Device(user.pk, int(time.time()), name, _proof(user, name))
    others = [known for known in _known(request) if known.account != user.pk]
    response.set_cookie(
        cookie_name(),
        signing.dumps([device, *others][:MOST], salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_of_address(request: HttpRequest, email: str) -> str | None:
    """Return the device that the account of this address knows. No query without a cookie."""
    known = {device.account: device for device in _known(request)}
    email = legible(email).strip()  # no form has judged it yet
    user = known and User.objects.filter(pk__in=known, email__iexact=email).first()
    return _proven(known[user.pk], user) if user else None


def device_of_account(request: HttpRequest, pk: int) -> str | None:
    """Return the device that this account knows. No query without a cookie."""
    known = {device.account: device for device in _known(request)}
    user = User.objects.filter(pk=pk).first() if pk in known else None
    return _proven(known[pk], user) if user else None


def _known(request: HttpRequest) -> list[Device]:
    """Return what the cookie says, without what is too old. Whether it is true, `_proven` says."""
    try:
        said = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT)
        devices = [Device(*device) for device in said]
        return [device for device in devices if device.since > time.time() - AGE]
    except (signing.BadSignature, TypeError, ValueError):
        return []


def _proven(device: Device, user: User) -> str | None:
    is_true = constant_time_compare(device.proof, _proof(user, device.name))
    return f"{user.pk}:{device.name}" if is_true else None


def _proof(user: User, name: str) -> str:
    words = f"{user.pk}:{name}:{user.get_session_auth_hash()}"
    return salted_hmac(SALT, words, algorithm="sha256").hexdigest()
