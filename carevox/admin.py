"""The admin's own door: limits, e-mail verification and second factor are allauth's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy

View = Callable[..., HttpResponse]

LARGEST_NUMBER = 2**63 - 1  # of a column; beyond it SQLite raises OverflowError
LARGEST_YEAR = 9998  # a year is looked for up to the first of January of the next one


def has_impossible_value(parameters: dict[str, list[str]]) -> bool:
    """Tell whether a filter asks for what no column can hold.

    Django lets a list be filtered by any field, and passes the value on as it came.
    """
    return any(
        "\x00" in value or _is_out_of_range(name, value)
        for name, values in parameters.items()
        for value in values
        if name != SEARCH_VAR  # words that are searched for may look like anything
    )


def _is_out_of_range(name: str, value: str) -> bool:
    largest = LARGEST_YEAR if name.endswith("year") else LARGEST_NUMBER
    numbers = [part.strip().lstrip("-+") for part in value.split(",")]  # `__in` takes several
    return any(
        number.isdecimal() and (len(number) > len(str(largest)) or int(number) > largest)
        for number in numbers
    )


def refusing_impossible_values(view: View) -> View:
    """Answer before a column is asked: 400 to such a filter, 404 to a row of such a number."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_list(request) and has_impossible_value(dict(request.GET.lists())):
            raise BadRequest("a filter of the admin is out of range")
        if has_impossible_value({name: [str(value)] for name, value in kwargs.items()}):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def _is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.url_name or "").endswith("_changelist")


def _admin_view(view: View, cacheable: bool = False) -> View:
    return django_admin_view(refusing_impossible_values(view), cacheable)


django_admin_view = admin.site.admin_view
admin.site.admin_view = _admin_view
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_url = reverse_lazy("home")
