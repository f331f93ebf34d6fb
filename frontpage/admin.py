"""The front page in the admin: which article stands where and when.

And the page itself, as it will be at a chosen time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from frontpage import content
from frontpage.models import FrontPageSlot
from lib.admin import SpokenFieldsAdmin, TypedChoiceAdmin
from taxonomy import sections


class MomentForm(forms.Form):
    """The time at which the page is looked at; now without one, or with one that is no time."""

    a = forms.DateTimeField(
        label=_("La première page telle qu’elle sera le"),
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "field__control"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def clean_a(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["a"]
        return moment if moment and moment.year in range(2000, 2200) else None


@admin.register(FrontPageSlot)
class FrontPageSlotAdmin(SpokenFieldsAdmin, TypedChoiceAdmin):
    list_display = ["article", "place", "position", "starts_at", "ends_at", "now"]
    list_editable = ["place", "position", "starts_at", "ends_at"]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    fields = ["article", "place", "position", "starts_at", "ends_at"]
    ordering = ["place", "position", "id"]
    change_list_template = "admin/frontpage/frontpageslot/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[FrontPageSlot]:
        return super().get_queryset(request).select_related("article")

    @admin.display(description=_("en ce moment"))
    def now(self, slot: FrontPageSlot) -> str:
        moment = timezone.now()
        if not slot.article.is_published:
            return _t("article non publié")
        if slot.starts_at and slot.starts_at > moment:
            return _t("à venir")
        return _t("terminé") if slot.ends_at and slot.ends_at <= moment else _t("montré")

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "apercu/",
                self.admin_site.admin_view(self.preview),
                name="frontpage_frontpageslot_preview",
            ),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show the front page as readers will see it at the time asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = MomentForm(request.GET)
        moment: datetime = (
            form.cleaned_data.get("a") if form.is_valid() else None
        ) or timezone.now()
        tops = sections.tree()
        context: dict[str, Any] = {
            "is_home": True,
            "sections": tops,
            **content.content(tops, moment),
            "preview": {
                "at": moment,
                "form": MomentForm(initial={"a": timezone.localtime(moment)}),
            },
        }
        return render(request, "frontpage/home.html", context)
