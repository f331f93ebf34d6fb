from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: the answer to a POST is read elsewhere, by GET."""

    status_code = 303


def sign_in_first(back: str) -> HttpResponse:
    """Lead to the page that signs in, which leads back to that address."""
    return SeeOther(redirect_to_login(back).url)
