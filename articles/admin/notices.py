"""The warning above an article in the admin: on the article's form, and the list of all of them.

The rules are in `articles/notices.py`; here is what the editor is asked and told.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from articles import notices
from articles.models import Article, UrgentNotice
from authors.accounts import user_of
from lib.admin import ReadOnlyAdmin
from lib.fields import TextInForm
from lib.refused import Refused
from lib.text import excerpt

ISSUE, END = "_notice_issue", "_notice_end"  # the buttons
SHOWN_CHARACTERS = 90


class NoticeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    prefix = "notice"

    class Meta:
        model = UrgentNotice
        fields = ["kind", "text", "source"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "source": forms.URLInput(attrs={"class": "vURLField"}),
        }
        error_messages = {
            "kind": {"required": _("Dites de quoi il s’agit.")},
            "text": {"required": _("Écrivez ce que les lecteurs doivent savoir.")},
            "source": {"invalid": _("Donnez une adresse qui commence par https://.")},
        }

    def carry_out(self, request: HttpRequest, article: Article) -> str:
        data = self.cleaned_data
        notices.issue(article=article, actor=user_of(request), **data)
        return _t("L’avertissement est affiché au-dessus de l’article.")


class NoticeEndForm(forms.Form):
    """`notice`: the one that the editor saw. If another stands by now, the form comes back with
    that one, shown above it."""

    prefix = "notice-end"
    notice = forms.IntegerField(widget=forms.HiddenInput)
    reason = TextInForm(
        label=_("Motif"),
        help_text=_("Il reste dans le journal de l’article ; les lecteurs ne le voient pas."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        error_messages={"required": _("Dites pourquoi l’avertissement est retiré.")},
    )

    def carry_out(self, request: HttpRequest, article: Article) -> str:
        notice = article.notices.filter(pk=self.cleaned_data["notice"]).first()
        if notice is None:
            raise Refused(_("Cet avertissement est déjà retiré."))
        notices.end(notice, actor=user_of(request), reason=self.cleaned_data["reason"])
        return _t("L’avertissement est retiré.")


def is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and not {ISSUE, END}.isdisjoint(request.POST)


def carry_out(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Do what was asked and return nothing, or return the form with its errors for the page."""
    name, kind = (
        ("notice_form", NoticeForm) if ISSUE in request.POST else ("end_form", NoticeEndForm)
    )
    form = kind(request.POST)
    if form.is_valid():
        try:
            messages.success(request, form.carry_out(request, article))
            return {}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return {name: form}


def panel(article: Article, sent_back: dict[str, Any]) -> dict[str, Any]:
    """Return what the form of the article shows of its warning: the one that stands and the form
    to end it, else the form to issue one; with it one that was `sent_back`. One query."""
    standing = article.notices.standing().select_related("issued_by").first()
    found = {
        "notice": standing,
        "end_form": NoticeEndForm(initial={"notice": standing.pk}) if standing else None,
        "notice_form": NoticeForm() if article.is_published and not standing else None,
    }
    if standing and (form := sent_back.get("end_form")):
        form.data = form.data.dict() | {form.add_prefix("notice"): standing.pk}
    return found | sent_back


class StandingFilter(admin.SimpleListFilter):
    title = _("où ils en sont")
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("affiches", _("affichés")), ("retires", _("retirés"))]

    def queryset(
        self, request: HttpRequest, found: QuerySet[UrgentNotice]
    ) -> QuerySet[UrgentNotice]:
        if self.value() == "affiches":
            return found.filter(ended_at=None)
        return found.exclude(ended_at=None) if self.value() == "retires" else found


@admin.register(UrgentNotice)
class UrgentNoticeAdmin(ReadOnlyAdmin):
    list_display = ["words", "kind", "article", "issued_at", "issued_by", "ended_at", "ended_by"]
    list_filter = [StandingFilter, "kind"]
    list_select_related = ["article", "issued_by", "ended_by"]
    ordering = ["-pk"]

    @admin.display(description=_("avertissement"))
    def words(self, notice: UrgentNotice) -> str:
        return excerpt(notice.text, SHOWN_CHARACTERS)
