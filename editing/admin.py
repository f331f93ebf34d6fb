"""What a form of the admin takes to lose nothing: see the module of the app."""

from __future__ import annotations

import json
import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from editing import autosaves, presence
from editing.forms import GuardedForm
from editing.models import TAB, Autosave
from lib.refused import Refused

SAVED = "saved_drafts"  # in the session
MOST_SAVED = 20
MOST_FORMER = 10
NAME = re.compile(rf"[\w-]{{8,{TAB}}}", re.ASCII)
NUMBER = re.compile(r"[0-9]{0,18}")


class EditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Keeps what is typed, shows who else writes, lets nobody overwrite what they have not seen."""

    form = GuardedForm
    change_form_template = "admin/editing/change_form.html"

    class Media:
        css = {"all": ["css/admin/editing.css"]}
        js = [Script("js/admin/editing/editing.js", type="module")]

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view(self.kept)
        return [path("garde/", wrapped, name=self._name("kept")), *super().get_urls()]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Return the row, locked while what was sent of it is judged and saved."""
        if request.method == "POST" and connection.in_atomic_block:
            rows = self.get_queryset(request).order_by().select_related(None)
            rows.filter(pk=object_id if NUMBER.fullmatch(object_id) else None).select_for_update(
                no_key=True, of=("self",)
            ).first()
        return super().get_object(request, object_id, from_field)

    def kept(self, request: HttpRequest) -> JsonResponse:
        """Answer an open form: by GET what was kept of its text and not saved, by POST who else is
        there, once what it sends is kept."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        number, tab = request.GET.get("number", ""), request.GET.get("tab", "")
        if not (NAME.fullmatch(tab) and NUMBER.fullmatch(number)):
            return JsonResponse({}, status=400)
        if not self._may_write(request, number):
            raise PermissionDenied
        try:
            answer = _answer(request, self.opts.label_lower, number, tab)
        except Refused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=422)
        except IntegrityError:  # the account went meanwhile
            raise PermissionDenied from None
        return JsonResponse(answer, headers={"Cache-Control": "no-store"})

    def _may_write(self, request: HttpRequest, number: str) -> bool:
        if not number:
            return bool(self.has_add_permission(request))
        row = self.get_queryset(request).filter(pk=number).first()
        return row is not None and bool(self.has_change_permission(request, row))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["kept_address"] = reverse(f"admin:{self._name('kept')}")
        context["former_tabs"] = " ".join(_tabs(request))
        context["saved_drafts"] = " ".join(request.session.get(SAVED, []))
        form = context["adminform"].form
        if getattr(form, "conflicts", None):
            context["saved_last"] = _last_entry(form.instance)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.forget_typed(request)
        return super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self.forget_typed(request)
        return super().response_add(request, obj, post_url_continue)

    def forget_typed(self, request: HttpRequest) -> None:
        """What the tab has typed is saved: forget it here, and let the browser do so."""
        tab = request.POST.get("draft", "")
        names = request.session.get(SAVED, [])
        for one in _tabs(request):
            autosaves.forget(request.user.pk or 0, self.opts.label_lower, one)
        if NAME.fullmatch(tab) and tab not in names:
            request.session[SAVED] = [*names, tab][-MOST_SAVED:]


def _tabs(request: HttpRequest) -> list[str]:
    """Return the tabs whose text this form is: its own, and those of the pages before it that were
    refused or whose text it has taken up."""
    names = [request.POST.get("draft", ""), *request.POST.get("draft_former", "").split()]
    return [name for name in names if NAME.fullmatch(name)][:MOST_FORMER]


def _answer(request: HttpRequest, kind: str, number: str, tab: str) -> dict[str, Any]:
    user, place = request.user.pk or 0, autosaves.place_of(kind, number, tab)
    if request.method != "POST":
        found = autosaves.lost(user, kind, number, [tab, *request.session.get(SAVED, [])])
        fresh = {"kept": found and _as_data(found), "csrf": get_token(request)}
        return fresh | _company(user, place, tab)
    sent = _sent(request)
    if sent.get("leaves"):
        presence.leave(user, place, tab)
    if (content := sent.get("content")) and tab not in request.session.get(SAVED, []):
        kept_at = autosaves.keep(user, place, tab, content).isoformat()
    else:
        kept_at = ""
    for forgotten in str(sent.get("forget", "")).split()[:MOST_FORMER]:
        autosaves.forget(user, kind, forgotten)
    if sent.get("leaves"):
        return {"kept_at": kept_at}
    takes_over = bool(sent.get("takes_over"))
    return {"kept_at": kept_at} | _company(user, place, tab, takes_over=takes_over)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Return what the script has sent. Raises Refused."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    content = sent.get("content") if isinstance(sent, dict) else None
    if not isinstance(sent, dict) or not isinstance(content, dict | None):
        raise Refused(_("Ce que le navigateur a envoyé ne se lit pas."))
    return sent


def _company(owner_id: int, place: str, tab: str, *, takes_over: bool = False) -> dict[str, Any]:
    company = presence.sign_of_life(owner_id, place, tab, takes_over=takes_over)
    taken_at = company.taken_at
    return {
        "names": company.names,
        "is_own_tab": company.is_own_tab,
        "taken_by": company.taken_by,
        "taken_at": taken_at.isoformat() if taken_at else "",
    }


def _as_data(kept: Autosave) -> dict[str, Any]:
    return {"tab": kept.tab, "at": kept.kept_at.isoformat(), "content": kept.content}


def _last_entry(row: Model) -> LogEntry | None:
    """Return who has saved this row last, and when, as the log of the admin has it."""
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return entries.select_related("user").order_by("-action_time").first()
