"""What editors decide about « aussi consulté », and what became of it. Raw readings are nobody's to look at: they are not here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _t

from lib.admin import ReadOnlyAdmin, TypedChoiceAdmin
from readings import visitors
from readings.models import AlsoViewed, Arm, BannedNetwork, BlockTally, Choice
from readings.recommendations import experiment, overrides

PERIODS = (7, 30, 90)  # days


@admin.register(Choice)
class ChoiceAdmin(TypedChoiceAdmin):
    """One decision an entry. It cannot be changed, only taken back or made anew, so that the journal of the admin tells all."""

    list_display = ["article", "neighbour", "kind", "reason", "actor", "decided_at"]
    list_select_related = ["article", "neighbour", "actor"]
    list_filter = ["kind"]
    search_fields = ["article__title", "neighbour__title"]
    autocomplete_fields = ["article", "neighbour"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Choice | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, choice: Choice, form: Any, change: bool) -> None:
        kept = overrides.choose(
            article=choice.article,
            neighbour=choice.neighbour,
            kind=choice.kind,
            reason=choice.reason,
            actor=request.user,
        )
        choice.pk = kept.pk

    def delete_model(self, request: HttpRequest, choice: Choice) -> None:
        overrides.lift(choice)

    def delete_queryset(self, request: HttpRequest, chosen: QuerySet[Choice]) -> None:
        for choice in chosen.select_related("article"):
            overrides.lift(choice)


@admin.register(BannedNetwork)
class BannedNetworkAdmin(admin.ModelAdmin):
    list_display = ["prefix", "reason", "actor", "decided_at"]
    list_select_related = ["actor"]

    def has_change_permission(self, request: HttpRequest, obj: BannedNetwork | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, ban: BannedNetwork, form: Any, change: bool) -> None:
        ban.actor = request.user
        super().save_model(request, ban, form, change)
        visitors.forget_bans()

    def delete_model(self, request: HttpRequest, ban: BannedNetwork) -> None:
        super().delete_model(request, ban)
        visitors.forget_bans()

    def delete_queryset(self, request: HttpRequest, bans: QuerySet[BannedNetwork]) -> None:
        super().delete_queryset(request, bans)
        visitors.forget_bans()


@admin.register(AlsoViewed)
class AlsoViewedAdmin(ReadOnlyAdmin):
    """The lists as they were last built: what stands beside an article, and why."""

    list_display = ["article", "rank", "neighbour", "source", "arm"]
    list_select_related = ["article", "neighbour"]
    list_filter = ["source", "arm"]
    search_fields = ["article__title"]


@admin.register(BlockTally)
class BlockTallyAdmin(ReadOnlyAdmin):
    """The figures of both settings, in the place of a list of rows."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("jours", "")
        days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Usage des listes « aussi consulté »"),
            "opts": self.opts,
            "days": days,
            "periods": PERIODS,
            "rows": [
                _row(figures)
                for figures in experiment.figures(timezone.localdate() - timedelta(days=days))
            ],
            "usual": settings.ALSO_VIEWED_R0,
            "trial": settings.ALSO_VIEWED_TRIAL,
        }
        return render(request, "admin/readings/usage.html", context)


def _row(figures: experiment.Figures) -> dict[str, Any]:
    low, high = figures.interval
    return {
        "name": Arm(figures.arm).label,
        "figures": figures,
        "rate": None if figures.rate is None else 100 * figures.rate,
        "low": 100 * low,
        "high": 100 * high,
    }
