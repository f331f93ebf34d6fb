from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Report


class HeldFilter(admin.SimpleListFilter):
    """What waits to be read, what has waited longest first."""

    title = _("lecture")
    parameter_name = "a-lire"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("à lire"))]

    def queryset(self, request: HttpRequest, comments: QuerySet[Comment]) -> QuerySet[Comment]:
        return comments.filter(state=Comment.State.HELD) if self.value() == "1" else comments


class ReportedFilter(admin.SimpleListFilter):
    """What has open reports."""

    title = _("signalements")
    parameter_name = "signalees"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("à traiter"))]

    def queryset(self, request: HttpRequest, comments: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.value() != "1":
            return comments
        return comments.filter(
            pk__in=Report.objects.filter(handled_at=None, comment__isnull=False).values("comment")
        )


def reading_order(request: HttpRequest) -> tuple[str | OrderBy, ...]:
    """Return the order in which what waits for a moderator is read: what is held by its age, what
    is reported by its gravest open report first. Without such a filter, the newest first."""
    if request.GET.get(ReportedFilter.parameter_name) == "1":
        about_it = Report.objects.filter(handled_at=None, comment=OuterRef("pk"))
        return Subquery(about_it.order_by("turn").values("turn")[:1]).asc(), "id"
    return ("id",) if request.GET.get(HeldFilter.parameter_name) == "1" else ("-id",)
