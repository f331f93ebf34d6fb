"""What every page of the site shows around its subject; read only by pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles import sections
from carevox.models import SitePage, SiteSettings


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `magazine` (its settings), `sections` (the tree) and `footer_columns`, each one query when used."""
    return {
        "magazine": SimpleLazyObject(SiteSettings.current),
        "sections": SimpleLazyObject(sections.tree),
        "footer_columns": SimpleLazyObject(footer_columns),
    }


def footer_columns() -> list[dict[str, Any]]:
    pages = list(SitePage.objects.exclude(column=SitePage.Column.NONE).only("title", "footer_title", "slug", "column"))
    columns = [SitePage.Column.MAGAZINE, SitePage.Column.RIGHTS]
    listed = [{"key": column.value, "title": column.label, "pages": [page for page in pages if page.column == column]} for column in columns]
    return [column for column in listed if column["pages"]]
