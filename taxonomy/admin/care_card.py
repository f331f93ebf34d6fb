from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from taxonomy.models import CareCard


@admin.register(CareCard)
class CareCardAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Set on a keyword or on a section, in their own forms; here one sees where."""

    list_display = ["title", "shown_numbers", "shown_on"]
    search_fields = ["title", "text"]
    fields = ["title", "numbers", "text", "shown_on"]
    readonly_fields = ["shown_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CareCard]:
        return super().get_queryset(request).prefetch_related("sections", "tags")

    @admin.display(description=_("numéros"))
    def shown_numbers(self, card: CareCard) -> str:
        return ", ".join(way.number for way in card.ways)

    @admin.display(description=_("montrée par"))
    def shown_on(self, card: CareCard) -> SafeString | str:
        if not card.pk:
            return "–"
        shown_by = [*card.sections.all(), *card.tags.all()]
        return format_html_join(", ", "{}", ((str(owner),) for owner in shown_by)) or "–"
