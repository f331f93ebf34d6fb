"""What every page shows of the magazine around its subject; read only by pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lib.web.addresses import address
from magazine.models import SitePage, SiteSettings


def magazine(request: HttpRequest) -> dict[str, Any]:
    """Return `magazine` (its settings) and `footer_columns`, each one query when used."""
    return {
        "magazine": SimpleLazyObject(SiteSettings.current),
        "footer_columns": SimpleLazyObject(footer_columns),
    }


def footer_columns() -> list[dict[str, Any]]:
    shown = (SitePage.Column.MAGAZINE, SitePage.Column.RIGHTS)
    pages = SitePage.objects.filter(column__in=shown).values_list(
        "column", "title", "footer_title", "slug"
    )
    links = [
        (column, {"title": short or title, "address": address("page", slug)})
        for column, title, short, slug in pages
    ]
    columns = [
        {
            "key": column.value,
            "title": column.label,
            "pages": [link for at, link in links if at == column],
        }
        for column in shown
    ]
    return [column for column in columns if column["pages"]]
