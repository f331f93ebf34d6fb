"""Moderation: reactions with their open reports, hidden with a reason, restored, every decision kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import moderation
from comments.models import Comment, ModerationDecision, Report
from lib.admin import ReadOnlyAdmin, ReadOnlyInline
from lib.text import excerpt


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Motif"), choices=ModerationDecision.Reason, widget=forms.RadioSelect, error_messages={"required": _("Choisissez un motif.")}
    )
    explanation = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=500,
        help_text=_("Elle paraît à la place de la réaction."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class DecisionInline(ReadOnlyInline):
    model = ModerationDecision
    fields = readonly_fields = ["decided_at", "kind", "reason", "explanation", "actor"]


class ReportInline(ReadOnlyInline):
    model = Report
    fields = readonly_fields = ["created_at", "reason", "message", "reporter", "handled_at"]
    fk_name = "comment"


class ReportedFilter(admin.SimpleListFilter):
    title = _("signalements")
    parameter_name = "signalees"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("à traiter"))]

    def queryset(self, request: HttpRequest, comments: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.value() != "1":
            return comments
        return comments.filter(pk__in=Report.objects.filter(handled_at=None, comment__isnull=False).values("comment"))


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """One line a reaction, with the number of its open reports. Nothing is deleted: hiding leaves a tombstone."""

    list_display = ["beginning", "shown_author", "article", "state", "open_reports", "created_at"]
    list_filter = [ReportedFilter, "state"]
    list_select_related = ["author", "article"]
    list_per_page = 50
    search_fields = ["author__pseudonym__istartswith"]
    search_help_text = _("Début du pseudonyme.")
    actions = ["hide_selected", "restore_selected", "dismiss_selected"]
    fields = ["article", "author", "parent", "text", "state", "created_at", "edited_at"]
    inlines = [ReportInline, DecisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("html")

    @admin.display(description=_("réaction"))
    def beginning(self, comment: Comment) -> str:
        return excerpt(comment.text, 90)

    @admin.display(description=_("auteur"))
    def shown_author(self, comment: Comment) -> str:
        return comment.shown_name

    @admin.display(description=_("signalements"))
    def open_reports(self, comment: Comment) -> int:
        return self._reports.get(comment.pk, 0)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the open reports of the page's reactions at once."""
        changelist = super().get_changelist_instance(request)
        shown = [comment.pk for comment in changelist.result_list]
        rows = Report.objects.filter(comment__in=shown, handled_at=None).order_by().values_list("comment").annotate(Count("pk"))
        self._reports = dict(rows)
        return changelist

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_comment")

    @admin.action(description=_("Masquer…"), permissions=["moderate"])
    def hide_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        form = HideForm(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            done = sum(moderation.hide(comment, actor=request.user, **form.cleaned_data) for comment in chosen)
            messages.success(request, ngettext("%(n)s réaction masquée.", "%(n)s réactions masquées.", done) % {"n": done})
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Masquer des réactions"),
            "form": form,
            "comments": chosen.select_related("author"),
            "opts": self.opts,
        }
        return render(request, "admin/comments/hide.html", context, status=422 if form.errors else 200)

    @admin.action(description=_("Rétablir"), permissions=["moderate"])
    def restore_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> None:
        done = sum(moderation.restore(comment, actor=request.user) for comment in chosen)
        messages.success(request, ngettext("%(n)s réaction rétablie.", "%(n)s réactions rétablies.", done) % {"n": done})

    @admin.action(description=_("Signalements sans suite"), permissions=["moderate"])
    def dismiss_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> None:
        done = moderation.settle(Report.objects.filter(Q(comment__in=chosen)), actor=request.user)
        messages.success(request, ngettext("%(n)s signalement classé.", "%(n)s signalements classés.", done) % {"n": done})


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["reason", "comment", "article", "message", "reporter", "created_at", "handled_at", "handled_by"]
    list_select_related = ["comment", "article", "reporter", "handled_by"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "reason"]
    actions = ["dismiss_selected"]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_report")

    @admin.action(description=_("Classer"), permissions=["moderate"])
    def dismiss_selected(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        done = moderation.settle(chosen, actor=request.user)
        messages.success(request, ngettext("%(n)s signalement classé.", "%(n)s signalements classés.", done) % {"n": done})


@admin.register(ModerationDecision)
class ModerationDecisionAdmin(ReadOnlyAdmin):
    list_display = ["decided_at", "kind", "reason", "comment", "actor"]
    list_select_related = ["comment", "actor"]
    list_filter = ["kind", "reason"]
