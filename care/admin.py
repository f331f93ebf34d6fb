"""Care cards and numbers of help, with what is due: a signature, a check."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from care.checks import check_due
from care.models import CareCard, HelpLine
from editing.admin import EditedAdmin


class CheckFilter(admin.SimpleListFilter):
    title = _("vérification")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("due", _("à vérifier"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(check_due()) if self.value() == "due" else rows


def _due(text: str) -> SafeString:
    return format_html('<span class="status" data-status="OPEN">{}</span>', text)


class ChecksAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Says of each row when its numbers were checked."""

    @admin.display(description=_("vérification"), ordering="checked_on")
    def shown_check(self, row: CareCard | HelpLine) -> SafeString | str:
        if row.checked_on is None:
            return _due(_t("à vérifier"))
        day = date_format(row.checked_on, "SHORT_DATE_FORMAT")
        return _due(_t("à vérifier, vue le %(day)s") % {"day": day}) if row.is_check_due else day


@admin.register(CareCard)
class CareCardAdmin(EditedAdmin, ChecksAdmin):
    """Chosen in an article's form; here one sees what calls it up and where it stands."""

    list_display = ["title", "shown_level", "shown_numbers", "shown_signature", "shown_check"]
    list_filter = [CheckFilter, "is_guarded"]
    search_fields = ["title", "slug", "explicit_words", "subject_words"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", ("slug", "position"), "valid_in"]}),
        (_("Urgence : appeler"), {"fields": ["urgent_when", "urgent_numbers", "urgent_text"]}),
        (_("Rapidement : aujourd’hui"), {"fields": ["soon_when", "soon_numbers", "soon_text"]}),
        (_("À savoir"), {"fields": ["know_when", "know_numbers", "know_text"]}),
        (
            _("Ce qui l’appelle dans une recherche ou un texte"),
            {"fields": ["explicit_words", "subject_words", "calm_words", "harmless_words"]},
        ),
        (_("Prudence"), {"fields": ["is_guarded", "is_sensitive", "is_discreet"]}),
        (
            _("Qui en répond"),
            {"fields": [("signed_by", "signed_on"), "checked_on", "shown_on"]},
        ),
    ]
    readonly_fields = ["shown_on"]

    @admin.display(description=_("niveau"))
    def shown_level(self, card: CareCard) -> str:
        return ", ".join(str(step.level.label) for step in card.steps)

    @admin.display(description=_("numéros"))
    def shown_numbers(self, card: CareCard) -> str:
        return ", ".join(dict.fromkeys(way.shown for step in card.steps for way in step.ways))

    @admin.display(description=_("signature"), ordering="signed_on")
    def shown_signature(self, card: CareCard) -> SafeString | str:
        return card.signed_by or _due(_t("non signée"))

    @admin.display(description=_("articles qui la montrent"))
    def shown_on(self, card: CareCard) -> str:
        return str(card.articles.count()) if card.pk else "–"


@admin.register(HelpLine)
class HelpLineAdmin(ChecksAdmin):
    """The page « Trouver de l’aide », one line a row."""

    list_display = ["name", "number", "kind", "hours", "position", "shown_check"]
    list_editable = ["position"]
    list_filter = [CheckFilter, "kind"]
    search_fields = ["name", "number", "audience"]
    fieldsets = [
        (None, {"fields": [("kind", "position"), "name", "number", "sms", "web"]}),
        (_("Pour qui"), {"fields": ["audience", "hours", "signs"]}),
        (_("D’où vient le numéro"), {"fields": ["source", "checked_on"]}),
    ]
