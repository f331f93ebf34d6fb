from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def read_only(view: View) -> View:
    """Answer GET and HEAD; any other method is 405, with a token against forgery or without."""
    return csrf_exempt(require_safe(view))


class SeeOther(HttpResponseRedirect):
    """303: the answer to a POST is read elsewhere, by GET."""

    status_code = 303


def sign_in_first(back: str) -> HttpResponse:
    """Lead to the page that signs in, which leads back to that address."""
    return SeeOther(redirect_to_login(back).url)
