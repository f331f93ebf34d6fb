from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url


class SeeOther(HttpResponseRedirect):
    """303: the answer to a POST is read elsewhere, by GET."""

    status_code = 303


def sign_in_first(request: HttpRequest, back: str) -> HttpResponse:
    """Lead to the page that signs in, which leads back to that address."""
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back}, safe='/')}"
    return SeeOther(address) if request.method == "POST" else redirect(address)
