"""What editors decide about « aussi consulté », and what became of it.

Raw readings are nobody's to look at: they are not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _t

from authors.accounts import user_of
from lib.admin import ReadOnlyAdmin, TypedChoiceAdmin
from readings import visitors
from readings.models import AlsoViewed, BannedNetwork, BlockTally, Override, Variant
from readings.recommendations import experiment, overrides

PERIODS = (7, 30, 90)  # days


@admin.register(Override)
class OverrideAdmin(TypedChoiceAdmin):
    """One decision an entry.

    It cannot be changed, only taken back or made anew, so that the admin's log tells all.
    """

    list_display = ["article", "neighbour", "kind", "reason", "actor", "decided_at"]
    list_select_related = ["article", "neighbour", "actor"]
    list_filter = ["kind"]
    search_fields = ["article__title", "neighbour__title"]
    autocomplete_fields = ["article", "neighbour"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Override | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Override, form: forms.ModelForm[Override], change: bool
    ) -> None:
        kept = overrides.set_override(
            article=obj.article,
            neighbour=obj.neighbour,
            kind=obj.kind,
            reason=obj.reason,
            actor=user_of(request),
        )
        obj.pk = kept.pk

    def delete_model(self, request: HttpRequest, obj: Override) -> None:
        overrides.lift_override(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Override]) -> None:
        for override in queryset.select_related("article"):
            overrides.lift_override(override)


@admin.register(BannedNetwork)
class BannedNetworkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ["prefix", "reason", "actor", "decided_at"]
    list_select_related = ["actor"]

    def has_change_permission(self, request: HttpRequest, obj: BannedNetwork | None = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: BannedNetwork,
        form: forms.ModelForm[BannedNetwork],
        change: bool,
    ) -> None:
        obj.actor = user_of(request)
        super().save_model(request, obj, form, change)
        visitors.forget_bans()

    def delete_model(self, request: HttpRequest, obj: BannedNetwork) -> None:
        super().delete_model(request, obj)
        visitors.forget_bans()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[BannedNetwork]) -> None:
        super().delete_queryset(request, queryset)
        visitors.forget_bans()


@admin.register(AlsoViewed)
class AlsoViewedAdmin(ReadOnlyAdmin):
    """The lists as they were last built: what stands beside an article, and why."""

    list_display = ["article", "rank", "neighbour", "source", "variant"]
    list_select_related = ["article", "neighbour"]
    list_filter = ["source", "variant"]
    search_fields = ["article__title"]


@admin.register(BlockTally)
class BlockTallyAdmin(ReadOnlyAdmin):
    """The figures of both variants, in the place of a list of rows."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("jours", "")
        days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
        since = timezone.localdate() - timedelta(days=days)
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Usage des listes « aussi consulté »"),
            "opts": self.opts,
            "days": days,
            "periods": PERIODS,
            "rows": [UsageRow.of(figures) for figures in experiment.figures(since)],
            "usual": settings.ALSO_VIEWED_R0,
            "trial": settings.ALSO_VIEWED_TRIAL,
        }
        return render(request, "admin/readings/usage.html", context)


@dataclass(frozen=True)
class UsageRow:
    """One variant's figures as the table shows them, rates in per cent."""

    name: str
    figures: experiment.Figures
    rate: float | None
    low: float
    high: float

    @classmethod
    def of(cls, figures: experiment.Figures) -> UsageRow:
        low, high = figures.interval
        return cls(
            name=str(Variant(figures.variant).label),
            figures=figures,
            rate=None if figures.rate is None else 100 * figures.rate,
            low=100 * low,
            high=100 * high,
        )
