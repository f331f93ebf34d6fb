from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
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
