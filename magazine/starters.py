"""Starting rows from data files, put in place after `migrate`.

Each is placed once, so that what editors delete stays deleted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from magazine.models import SitePage, Starter

PAGES = Path(__file__).resolve().parent / "data" / "pages.toml"


def place(kind: str, name: str, create: Callable[..., Any], **fields: Any) -> bool:
    """Call `create` with these fields unless that was done before for this name.

    Tell whether it was done now.
    """
    with transaction.atomic():
        _starter, is_new = Starter.objects.get_or_create(key=f"{kind}:{name}")
        if is_new:
            create(**fields)
        return is_new


def place_pages(**_: Any) -> None:
    """Put the starting texts of the site's own pages in place. One query each."""
    for position, fields in enumerate(tomllib.loads(PAGES.read_text(encoding="utf-8"))["pages"]):
        slug = fields.pop("slug")
        place(
            "page",
            slug,
            SitePage.objects.get_or_create,
            slug=slug,
            defaults={**fields, "position": position},
        )
