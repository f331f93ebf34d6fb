"""What an action on a list would do to the chosen rows, shown before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

MOST = 200  # rows at once: as many as a person looks through


@dataclass
class Preview:
    """The rows that would change, and those that stay as they are with the reason."""

    changed: list[Any] = field(default_factory=list)
    kept: list[tuple[Any, str | Promise]] = field(default_factory=list)


def sorted_out(rows: Iterable[Any], why_kept: Callable[[Any], str | Promise]) -> Preview:
    """Sort the rows by what `why_kept` says of each: nothing of one that would change."""
    preview = Preview()
    for row in rows:
        if reason := why_kept(row):
            preview.kept.append((row, reason))
        else:
            preview.changed.append(row)
    return preview


def is_agreed(request: HttpRequest) -> bool:
    """Tell whether the person has seen what would be done."""
    return "apply" in request.POST


def are_too_many(request: HttpRequest, chosen: QuerySet[Any]) -> bool:
    """Tell whether more rows were chosen than a person can look through, and say so to them."""
    if chosen.order_by()[: MOST + 1].count() <= MOST:
        return False
    said = _("Choisissez %(n)s lignes au plus à la fois. Rien n’a changé.")
    messages.error(request, said % {"n": MOST})
    return True


def ask(
    request: HttpRequest,
    model_admin: admin.ModelAdmin[Any],
    preview: Preview,
    *,
    title: str | Promise,
    button: str | Promise,
    form: forms.Form | None = None,
    back: str = "",
) -> HttpResponse:
    """Show what would become of the rows; what was sent is sent again with the answer."""
    repeated = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "apply", *(form.fields if form else ())}
        for value in values
    ]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "button": button,
        "form": form,
        "preview": preview,
        "repeated": repeated,
        "back": back or request.get_full_path(),
        "opts": model_admin.opts,
    }
    has_errors = form is not None and bool(form.errors)
    return render(request, "admin/bulk.html", context, status=422 if has_errors else 200)
