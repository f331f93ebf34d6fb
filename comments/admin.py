"""Moderation: reactions with their open reports, hidden with a reason, restored, every decision kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import moderation
from comments.models import Comment, ModerationDecision, Report
from lib.admin import ReadOnlyAdmin, ReadOnlyInline
from lib.text import excerpt

SHOWN = ("shown_state", "shown_author", "shown_article", "parent", "created_at", "edited_at")


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


def day_and_hour(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """One line a reaction, with the number of its open reports. Nothing is deleted: hiding leaves a tombstone."""

    change_form_template = "admin/comments/comment.html"
    list_display = ["beginning", "shown_author", "shown_article", "shown_state", "open_reports", "written_at"]
    list_filter = [ReportedFilter, "state"]
    list_select_related = ["author", "article"]
    search_fields = ["author__pseudonym__istartswith"]
    search_help_text = _("Début du pseudonyme.")
    actions = ["hide_selected", "restore_selected", "dismiss_selected"]
    fields = SHOWN
    inlines = [ReportInline, DecisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("html")

    def get_readonly_fields(self, request: HttpRequest, comment: Comment | None = None) -> list[str]:
        return list(SHOWN)

    @admin.display(description=_("réaction"))
    def beginning(self, comment: Comment) -> str:
        return excerpt(comment.text, 160)

    @admin.display(description=_("auteur"))
    def shown_author(self, comment: Comment) -> SafeString | str:
        if not comment.author_id:
            return comment.guest_name
        return format_html('<a href="{}">{}</a>', reverse("admin:authors_author_change", args=[comment.author_id]), comment.shown_name)

    @admin.display(description=_("article"))
    def shown_article(self, comment: Comment) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[comment.article_id]), comment.article.title)

    @admin.display(description=_("état"), ordering="state")
    def shown_state(self, comment: Comment) -> SafeString:
        return format_html('<span class="status" data-status="{}">{}</span>', comment.state, comment.get_state_display())

    @admin.display(description=_("écrite le"), ordering="created_at")
    def written_at(self, comment: Comment) -> str:
        return day_and_hour(comment.created_at)

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

    # --- one reaction ---

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decision/", decide, name="comments_comment_decide"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        extra = {"may_moderate": self.has_moderate_permission(request), "form_to_hide": HideForm(auto_id="hide_%s"), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hide, restore or leave as it is, from the page of the reaction."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        comment = get_object_or_404(Comment.objects.select_related("author", "article"), pk=pk)
        if request.method != "POST":
            return HttpResponseRedirect(self._page(comment))
        chosen = Comment.objects.filter(pk=pk)
        if "restore" in request.POST:
            self.restore_selected(request, chosen)
        elif "dismiss" in request.POST:
            self.dismiss_selected(request, chosen)
        else:
            form = HideForm(request.POST, auto_id="hide_%s")
            if not form.is_valid():
                return self._ask(request, form, chosen)
            self._hide(request, chosen, form)
        return HttpResponseRedirect(self._page(comment))

    @staticmethod
    def _page(comment: Comment) -> str:
        return reverse("admin:comments_comment_change", args=[comment.pk])

    # --- actions on the list ---

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_comment")

    @admin.action(description=_("Masquer…"), permissions=["moderate"])
    def hide_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        form = HideForm(request.POST if "apply" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, form, chosen)
        self._hide(request, chosen, form)
        return HttpResponseRedirect(request.get_full_path())

    def _hide(self, request: HttpRequest, chosen: QuerySet[Comment], form: HideForm) -> None:
        done = sum(moderation.hide(comment, actor=request.user, **form.cleaned_data) for comment in chosen)
        messages.success(request, ngettext("%(n)s réaction masquée.", "%(n)s réactions masquées.", done) % {"n": done})

    def _ask(self, request: HttpRequest, form: HideForm, chosen: QuerySet[Comment]) -> HttpResponse:
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
        done = moderation.settle(Report.objects.filter(comment__in=chosen), actor=request.user)
        messages.success(request, ngettext("%(n)s signalement classé.", "%(n)s signalements classés.", done) % {"n": done})


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Every complaint; those about one reaction are one line in the list of reactions."""

    list_display = ["reason", "shown_text", "message", "reporter", "reported_at", "shown_handling"]
    list_select_related = ["comment", "article", "reporter", "handled_by"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), ("article", admin.EmptyFieldListFilter), "reason"]
    actions = ["dismiss_selected"]

    @admin.display(description=_("texte signalé"))
    def shown_text(self, report: Report) -> SafeString:
        if report.comment:
            return format_html('<a href="{}">{}</a>', reverse("admin:comments_comment_change", args=[report.comment_id]), excerpt(report.comment.text, 120))
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[report.article_id]), report.article)

    @admin.display(description=_("signalé le"), ordering="created_at")
    def reported_at(self, report: Report) -> str:
        return day_and_hour(report.created_at)

    @admin.display(description=_("traité"), ordering="handled_at")
    def shown_handling(self, report: Report) -> SafeString | str:
        if report.handled_at is None:
            return format_html('<span class="status" data-status="OPEN">{}</span>', _t("à traiter"))
        return f"{day_and_hour(report.handled_at)}, {report.handled_by or '–'}"

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
