"""The Content-Security-Policy header.

Its setting is that of Django 6, SECURE_CSP, so that Django's own middleware can take over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpResponse


def policy_header(policy: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items() if values)


def allow(response: HttpResponse, **sources: Sequence[str]) -> HttpResponse:
    """Widen the policy of one answer: `allow(response, script_src=["'sha256-…'"])`. Returns it."""
    policy = {name: list(values) for name, values in settings.SECURE_CSP.items()}
    for name, values in sources.items():
        policy.setdefault(name.replace("_", "-"), []).extend(values)
    response.headers["Content-Security-Policy"] = policy_header(policy)
    return response
