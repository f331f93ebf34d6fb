"""The search box of the admin lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from finding.index import found


class FoundByWords(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A list whose rows are found by their words, in any order, without accents."""

    search_fields = ["words"]  # what Django asks before it shows the box; no name of a column
    search_help_text = _("Des mots entiers ou le début d’un nom ; au plus les 2 000 plus récentes.")

    def owners(self, text: str) -> Iterable[int]:
        """Return the ids of rows by which others are found too: the authors of a name."""
        return ()

    def get_search_results(
        self, request: HttpRequest, rows: QuerySet[Any], text: str
    ) -> tuple[QuerySet[Any], bool]:
        if not text.strip():
            return rows, False
        ids = found(self.model, text, self.owners(text))
        return (rows.none() if ids is None else rows.filter(pk__in=ids)), False
