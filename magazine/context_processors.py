"""What every page of the site shows around its subject; read only by pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles import sections
from carevox.models import SitePage, SiteSettings
from lib.addresses import address


def site(request: HttpRequest) -> dict[str, Any]:
    """Return `magazine` (its settings), `sections` (the tree) and `footer_columns`, each one query when used."""
    return {
        "magazine": SimpleLazyObject(SiteSettings.current),
        "sections": SimpleLazyObject(sections.tree),
        "footer_columns": SimpleLazyObject(footer_columns),
    }


def footer_columns() -> list[dict[str, Any]]:
    shown = (SitePage.Column.MAGAZINE, SitePage.Column.RIGHTS)
    pages = SitePage.objects.filter(column__in=shown).values_list("column", "title", "footer_title", "slug")
    links = [(column, {"title": short or title, "address": address("page", slug)}) for column, title, short, slug in pages]
    columns = [{"key": column.value, "title": column.label, "pages": [link for at, link in links if at == column]} for column in shown]
    return [column for column in columns if column["pages"]]
