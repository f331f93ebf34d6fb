from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from authors.models import Author
from care.after_sending import urgent_cards
from comments import moderation, on_call, reason_form
from comments.admin.filters import HeldFilter, ReportedFilter, reading_order
from comments.admin.words import GRAVITY_IN_WORDS, day_and_hour, dismissed, why_kept
from comments.models import Comment, ModerationDecision, Report
from finding.index import found
from finding.lists import FoundByWords
from lib import bulk
from lib.admin import ReadOnlyAdmin, ReadOnlyInline
from lib.text import excerpt

SHOWN = ("shown_state", "shown_author", "shown_article", "parent", "created_at", "edited_at")
MOST_AUTHORS = 50  # whose reactions are found by their name


class DecisionInline(ReadOnlyInline):
    model = ModerationDecision
    fields = readonly_fields = ("decided_at", "kind", "reason", "explanation", "actor")


class ReportInline(ReadOnlyInline):
    model = Report
    fields = readonly_fields = ("created_at", "reason", "message", "reporter", "handled_at")
    fk_name = "comment"


@admin.register(Comment)
class CommentAdmin(FoundByWords, ReadOnlyAdmin):
    """One line a reaction, with its open reports. Nothing is deleted: hiding leaves a tombstone."""

    change_form_template = "admin/comments/comment.html"
    list_display = [
        "beginning",
        "shown_author",
        "shown_article",
        "shown_state",
        "open_reports",
        "written_at",
    ]
    list_filter = [HeldFilter, ReportedFilter, "state"]
    list_select_related = ["author", "article"]
    search_help_text = _(
        "Des mots de la réaction, ou le nom de son auteur ; au plus les 2 000 plus récentes."
    )
    actions = ["release_selected", "hide_selected", "restore_selected", "dismiss_selected"]
    fields = SHOWN
    inlines = [ReportInline, DecisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("html")

    def get_ordering(self, request: HttpRequest) -> Any:
        return reading_order(request)

    def owners(self, text: str) -> Iterable[int]:
        authors = Author.objects.filter(pk__in=found(Author, text) or [])
        return authors.order_by("-comments_count", "pk").values_list("pk", flat=True)[:MOST_AUTHORS]

    def get_readonly_fields(
        self, request: HttpRequest, comment: Comment | None = None
    ) -> list[str]:
        return list(SHOWN)

    @admin.display(description=_("réaction"))
    def beginning(self, comment: Comment) -> str:
        return excerpt(comment.text, 160)

    @admin.display(description=_("auteur"))
    def shown_author(self, comment: Comment) -> SafeString | str:
        if not comment.author_id:
            return comment.guest_name
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:authors_author_change", args=[comment.author_id]),
            comment.shown_name,
        )

    @admin.display(description=_("article"))
    def shown_article(self, comment: Comment) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_change", args=[comment.article_id]),
            comment.article.title,
        )

    @admin.display(description=_("état"), ordering="state")
    def shown_state(self, comment: Comment) -> SafeString:
        return format_html(
            '<span class="status" data-status="{}">{}</span>',
            comment.state,
            comment.get_state_display(),
        )

    @admin.display(description=_("écrite le"), ordering="created_at")
    def written_at(self, comment: Comment) -> str:
        return day_and_hour(comment.created_at)

    @admin.display(description=_("signalements"))
    def open_reports(self, comment: Comment) -> str:
        counts = comment.open_reports
        shown = [
            f"{word} {counts[reason]}"
            for reason, word in GRAVITY_IN_WORDS.items()
            if reason in counts
        ]
        return ", ".join(shown) or "–"

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the open reports of the page's reactions at once, by reason.

        The counts lie on the rows: this object answers every request, in all threads.
        """
        changelist = super().get_changelist_instance(request)
        shown = {comment.pk: comment for comment in changelist.result_list}
        for comment in shown.values():
            comment.open_reports = {}
        rows = (
            Report.objects.filter(comment__in=shown, handled_at=None)
            .order_by()
            .values_list("comment", "reason")
            .annotate(Count("pk"))
        )
        for pk, reason, count in rows:
            shown[pk].open_reports[reason] = count
        return changelist

    # --- one reaction ---

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path("<int:pk>/decision/", decide, name="comments_comment_decide"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = context["original"]
        reasons = set(comment.reports.filter(handled_at=None).values_list("reason", flat=True))
        possible = (
            self._possible(comment, is_reported=bool(reasons))
            if self.has_moderate_permission(request)
            else []
        )
        is_urgent = Report.Reason.IN_DANGER in reasons
        if is_urgent or (comment.is_held and urgent_cards(comment.text)):
            context["advice"] = on_call.advice()
        context["decisions"] = [
            (name, reason_form.STEPS[name], reason_form.form_for(name)) for name in possible
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    @staticmethod
    def _possible(comment: Comment, *, is_reported: bool) -> list[str]:
        if comment.is_held:
            return ["release", "hide"]
        if comment.is_visible:
            return ["hide", "dismiss"] if is_reported else ["hide"]
        return ["restore"] if comment.state == Comment.State.HIDDEN else []

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Release, hide, restore or leave as it is, from the page of the reaction."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        comment = get_object_or_404(Comment.objects.select_related("author", "article"), pk=pk)
        if request.method != "POST":
            return HttpResponseRedirect(self._page(comment))
        name = next((name for name in reason_form.STEPS if name in request.POST), "hide")
        return self._decide(request, name, Comment.objects.filter(pk=pk), back=self._page(comment))

    @staticmethod
    def _page(comment: Comment) -> str:
        return reverse("admin:comments_comment_change", args=[comment.pk])

    # --- actions on the list ---

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_comment")

    @admin.action(description=_("Publier…"), permissions=["moderate"])
    def release_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        return self._decide(request, "release", chosen)

    @admin.action(description=_("Masquer…"), permissions=["moderate"])
    def hide_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        return self._decide(request, "hide", chosen)

    @admin.action(description=_("Rétablir…"), permissions=["moderate"])
    def restore_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        return self._decide(request, "restore", chosen)

    @admin.action(description=_("Signalements sans suite…"), permissions=["moderate"])
    def dismiss_selected(self, request: HttpRequest, chosen: QuerySet[Comment]) -> HttpResponse:
        return self._decide(request, "dismiss", chosen)

    def _decide(
        self, request: HttpRequest, name: str, chosen: QuerySet[Comment], back: str = ""
    ) -> HttpResponse:
        """Ask for the reason, then decide.

        What comes from the page of a reaction, with its way back, has been asked there.
        """
        form = reason_form.form_for(name, request.POST if back or "apply" in request.POST else None)
        if bulk.are_too_many(request, chosen):
            return HttpResponseRedirect(request.get_full_path())
        if not form.is_valid():
            preview = bulk.sorted_out(chosen.select_related("author"), why_kept(name, chosen))
            rows = [(one.pk, one.shown_name, one.text) for one in preview.changed]
            kept = [(one.text, why) for one, why in preview.kept]
            place = reverse("admin:comments_comment_changelist") if back else ""
            return reason_form.ask(request, self, name, form, rows, kept, back=place)
        done = self._done(name, chosen, {"actor": request.user, **form.cleaned_data})
        messages.success(request, done)
        return HttpResponseRedirect(back or request.get_full_path())

    @staticmethod
    def _done(name: str, chosen: QuerySet[Comment], words: dict[str, Any]) -> str:
        if name == "dismiss":
            return dismissed(Report.objects.filter(comment__in=chosen), words)
        if name == "release":
            n = sum(moderation.release(comment, **words) for comment in chosen)
            return ngettext("%(n)s réaction publiée.", "%(n)s réactions publiées.", n) % {"n": n}
        if name == "restore":
            n = sum(moderation.restore(comment, **words) for comment in chosen)
            return ngettext("%(n)s réaction rétablie.", "%(n)s réactions rétablies.", n) % {"n": n}
        n = sum(moderation.hide(comment, **words) for comment in chosen)
        return ngettext("%(n)s réaction masquée.", "%(n)s réactions masquées.", n) % {"n": n}
