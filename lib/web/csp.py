"""The Content-Security-Policy header, under the setting name of Django 6 (SECURE_CSP), so that its middleware can take over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def build(policy: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items() if values)


class ContentSecurityPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.header = build(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response.headers["Content-Security-Policy"] = self.header
        return response


def allow(response: HttpResponse, **sources: Sequence[str]) -> HttpResponse:
    """Widen the policy of one answer: `allow(response, script_src=["'sha256-…'"])`. Returns it."""
    policy = {name: list(values) for name, values in settings.SECURE_CSP.items()}
    for name, values in sources.items():
        policy.setdefault(name.replace("_", "-"), []).extend(values)
    response.headers["Content-Security-Policy"] = build(policy)
    return response


def csp_update(**sources: Sequence[str]) -> Callable[[View], View]:
    """Do the same for every answer of a view."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
            return allow(view(*args, **kwargs), **sources)

        return wrapped

    return decorate
