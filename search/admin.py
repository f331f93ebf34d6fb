"""Which words belong together in the search: the rows of the editors, beside the file of the site
that they correct."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest, HttpResponse

from search.models import Synonym
from search.synonyms import Pair, pairs_of_file, pairs_with

MOST_SHOWN = 20


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A search in the list looks into the file too, so that one sees what to correct."""

    list_display = ["words", "others", "kind"]
    list_filter = ["kind"]
    search_fields = ["words", "others"]
    fieldsets = [(None, {"fields": [("words", "others"), "kind"]})]
    list_per_page = 50

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        searched = request.GET.get(SEARCH_VAR, "").strip()
        context = {
            "file_count": len(pairs_of_file()),
            "searched": searched,
            "found_in_file": _shown(searched) if searched else [],
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)


def _shown(searched: str) -> list[tuple[Pair, Any]]:
    """Return pairs of the file, each with its kind as editors read it."""
    found = islice(pairs_with(searched), MOST_SHOWN)
    return [(pair, Synonym.Kind(pair.kind).label) for pair in found]
