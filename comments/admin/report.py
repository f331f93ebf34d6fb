from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from comments import reason_form
from comments.admin.words import day_and_hour, dismissed
from comments.models import ModerationDecision, Report
from lib import bulk
from lib.admin import ReadOnlyAdmin, empty_or_not
from lib.text import excerpt


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Every complaint; those about one reaction are one line in the list of reactions."""

    list_display = ["reason", "shown_text", "message", "reporter", "reported_at", "shown_handling"]
    list_select_related = ["comment", "article", "reporter", "handled_by"]
    list_filter = [
        ("handled_at", empty_or_not(_("où ils en sont"), _("à traiter"), _("traités"))),
        ("article", empty_or_not(_("au sujet"), _("d’une réaction"), _("d’un article"))),
        "reason",
    ]
    actions = ["dismiss_selected"]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Stand what is open first, the gravest of it on top; of what is handled, the newest."""
        return ("-id",) if request.GET.get("handled_at__isempty") == "0" else ("turn", "id")

    @admin.display(description=_("texte signalé"))
    def shown_text(self, report: Report) -> SafeString:
        if report.comment:
            return format_html(
                '<a href="{}">{}</a>',
                reverse("admin:comments_comment_change", args=[report.comment_id]),
                excerpt(report.comment.text, 120),
            )
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[report.article_id]),
            report.article,
        )

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

    @admin.action(description=_("Classer…"), permissions=["moderate"])
    def dismiss_selected(self, request: HttpRequest, chosen: QuerySet[Report]) -> HttpResponse:
        if bulk.are_too_many(request, chosen):
            return HttpResponseRedirect(request.get_full_path())
        form = reason_form.form_for("dismiss", request.POST if "apply" in request.POST else None)
        if not form.is_valid():
            preview = bulk.sorted_out(
                chosen, lambda one: _t("déjà traité") if one.handled_at else ""
            )
            rows = [(report.pk, str(report), report.message) for report in preview.changed]
            kept = [(str(report), why) for report, why in preview.kept]
            return reason_form.ask(request, self, "dismiss", form, rows, kept)
        messages.success(request, dismissed(chosen, {"actor": request.user, **form.cleaned_data}))
        return HttpResponseRedirect(request.get_full_path())


@admin.register(ModerationDecision)
class ModerationDecisionAdmin(ReadOnlyAdmin):
    list_display = ["decided_at", "kind", "reason", "explanation", "comment", "actor"]
    list_select_related = ["comment", "actor"]
    list_filter = ["kind", "reason"]
