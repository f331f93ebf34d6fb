"""Which forms have been saved: the browser keeps what is being typed (`static/js/admin/draft.js`)
until it reads its name here."""

from __future__ import annotations

import re

from django.http import HttpRequest

KEPT = 20
NAME = re.compile(r"[\w-]{8,40}")


def remember_saved(request: HttpRequest) -> None:
    name = request.POST.get("draft", "")
    names = request.session.get("saved_drafts", [])
    if NAME.fullmatch(name) and name not in names:
        request.session["saved_drafts"] = [*names, name][-KEPT:]


def saved(request: HttpRequest) -> str:
    return " ".join(request.session.get("saved_drafts", []))
