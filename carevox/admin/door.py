"""The admin's own door: limits, e-mail verification and second factor are allauth's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import taggit.admin
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse_lazy

from carevox.admin import headings
from carevox.admin.filters import admin_of_list, with_saved_filters

if TYPE_CHECKING:
    from django.db.models import Field

View = Callable[..., HttpResponse]

LARGEST_NUMBER = 2**63 - 1  # of a column; beyond it SQLite raises OverflowError
PLACE = "_changelist_filters"  # where Django keeps the query of the list that one came from
YEARS = range(1, 9999)  # a year is looked for up to the first of January of the next one


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
    is_year = not {"year", "iso_year"}.isdisjoint(name.split("__"))
    numbers = [part.strip() for part in value.split(",")]  # `__in` takes several
    return any(_is_beyond(number, is_year=is_year) for number in numbers)


def _is_beyond(text: str, *, is_year: bool) -> bool:
    """Tell whether the number that Django will read here is none that a column or calendar holds.

    What is no number is left to the field, which refuses it by itself.
    """
    try:
        number = int(text)
    except ValueError:
        return text.lstrip("-+").isdecimal() and len(text) > len(str(LARGEST_NUMBER))
    return number not in YEARS if is_year else abs(number) > LARGEST_NUMBER


def refusing_impossible_values(view: View) -> View:
    """Answer before a column is asked: 400 to such a filter, 404 to a row of such a number."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _asks_the_impossible(request):
            raise BadRequest("a value of the admin is out of range")
        _leave_impossible_rows_out(request)
        if has_impossible_value({name: [str(value)] for name, value in kwargs.items()}):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def _asks_the_impossible(request: HttpRequest) -> bool:
    """Tell whether a list is filtered by, or a row is looked for by, what no row can have."""
    page = (request.resolver_match and request.resolver_match.url_name) or ""
    if page == "autocomplete":
        return "\x00" in request.GET.get("term", "")
    if not page.endswith("_changelist"):
        return False
    return has_impossible_value(dict(request.GET.lists()))


def _leave_impossible_rows_out(request: HttpRequest) -> None:
    """Let an action on a list be for rows that may be there: what is no key chooses nothing."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    model_admin = admin_of_list(request) if chosen else None
    if model_admin is None:
        return
    possible = [row for row in chosen if _may_be(model_admin.opts.pk, row)]
    if possible != chosen:
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, possible)
        request.POST = sent  # type: ignore[assignment]  # the stubs know the immutable one only


def _may_be(key: Field[Any, Any], text: str) -> bool:
    """Tell whether the field takes the text: a number that its column holds, a UUID."""
    try:
        key.clean(text, None)
    except ValidationError:
        return False
    return True


def _admin_view(view: View, cacheable: bool = False) -> View:
    named = headings.naming_the_thing(with_saved_filters(keeping_the_place(view)))
    return django_admin_view(refusing_impossible_values(named), cacheable)


def keeping_the_place(view: View) -> View:
    """Let the way back from a page of one thing lead to its list as it was left: filters, search,
    page. Django hands them on by itself after saving only."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        place = request.GET.get(PLACE)
        if place and isinstance(response, HttpResponseRedirect):
            response["Location"] = _with_place(request, response.url, place)
        return response

    return kept


def _with_place(request: HttpRequest, address: str, place: str) -> str:
    """Return the address with the place if it is that of the list or of a form of its rows."""
    path, _mark, query = address.partition("?")
    try:
        found = resolve(path).url_name or ""
    except Resolver404:
        return address
    model, _underscore, page = found.rpartition("_")
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    if query or not model or not here.startswith(f"{model}_"):
        return address
    known = {"changelist": QueryDict(place).urlencode(), "change": urlencode({PLACE: place})}
    return f"{path}?{known[page]}" if page in known else address


def _password_change(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Lead to the page of all members, which limits how often an old password is tried."""
    return redirect("account_change_password")


django_admin_view = admin.site.admin_view
admin.site.admin_view = _admin_view  # type: ignore[method-assign,assignment]  # one site, wrapped
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth says
admin.site.password_change = _password_change  # type: ignore[method-assign,assignment]  # counts no tries
admin.site.unregister(taggit.admin.Tag)  # not our keywords; it merges without a right
admin.site.site_url = reverse_lazy("home")  # type: ignore[assignment]  # a text when asked for
