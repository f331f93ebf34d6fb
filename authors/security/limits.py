"""What allauth counts in the cache is counted in the database, so that it holds without one.

Its own counting lets everybody pass, and takes a code twice, when the cache is away. It has no
setting for that: its functions are replaced here, and a version that lacks one does not start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from authors.security import attempts, devices

OF_SIGN_IN = {"login", "login_failed"}
SECOND_FACTOR = "mfa-auth-user-"  # how allauth names the account that a code is tried for


@dataclass(frozen=True)
class Counted:
    """One try, which allauth takes back when it was a good one."""

    key: str
    moment: float
    seconds: float

    def rollback(self) -> None:
        attempts.take_back(self.key, self.moment, seconds=self.seconds)


def count(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: ratelimit.Rate,
    key: str | None = None,
    user: Any = None,
    dry_run: bool = False,
    raise_exception: bool = False,
) -> Counted | None:
    """Count one more under the rate; None, or RateLimited, when it is one too many.

    What a device tries that the account knows counts for that device alone: neither others who
    try this account nor others in its network can use up what is allowed to it.
    """
    device = _device(request, action, key)
    if device:
        name = _device_key(device, app, action, rate)
    else:
        name = _key(request, app=app, action=action, rate=rate, key=key, user=user)
    moment = attempts.take(name, amount=rate.amount, seconds=rate.duration, only_ask=dry_run)
    if moment is not None:
        return Counted(name, moment, rate.duration)
    if raise_exception:
        raise RateLimited
    return None


def clear(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: Any = None,
) -> None:
    """Forget what was counted for an account. What its network did stands."""
    device = _device(request, action, key)
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        if device:
            attempts.forget(_device_key(device, app, action, rate))
        if rate.per != "ip":
            attempts.forget(_key(request, app=app, action=action, rate=rate, key=key, user=user))


def mark_code_used(totp: TOTP, code: str) -> bool:
    """Use the code, and tell whether it was still unused: true for one of any number at once."""
    name = f"totp:{totp.instance.user_id}:{normalize_user_code(code)}"
    seconds = (2 * mfa_settings.TOTP_TOLERANCE + 1) * mfa_settings.TOTP_PERIOD
    return attempts.take(attempts.key_of(name), amount=1, seconds=seconds) is not None


def install() -> None:
    for owner, name, ours in [
        (ratelimit, "_consume_single_rate", count),
        (ratelimit, "clear", clear),
        (TOTP, "_mark_code_used", mark_code_used),
    ]:
        if not callable(getattr(owner, name, None)):
            raise ImproperlyConfigured(f"allauth has no {name} any more: mend {__name__}")
        setattr(owner, name, ours)


def _device(request: HttpRequest, action: str, key: str | None) -> str | None:
    if action not in OF_SIGN_IN:
        return None
    if key and key.startswith(SECOND_FACTOR):
        return devices.device_of_account(request, int(key.removeprefix(SECOND_FACTOR)))
    return devices.device_of_address(request, key or request.POST.get("login", ""))


def _device_key(device: str, app: str, action: str, rate: ratelimit.Rate) -> str:
    return attempts.key_of(f"{app}:{action}:{rate}:device:{device}")


def _key(request: HttpRequest, *, rate: ratelimit.Rate, **what: Any) -> str:
    name = ratelimit.get_cache_key(request, rate=rate, **what)
    return attempts.key_of(name, daily=rate.per == "ip")
