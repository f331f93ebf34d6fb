"""The library as an editor leafs through it to choose a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.html.policy import own_files
from pictures.models import Picture

PAGE = 24


def found(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the newest pictures that have the words `q`, those older than the picture `apres`, or
    the one `id`. Two queries at most."""
    rows = Picture.objects.about(asked.get("q", ""))
    if "id" in asked:
        rows = rows.filter(pk=_number(asked["id"]))
    if after := Picture.objects.filter(pk=_number(asked.get("apres", ""))).first():
        rows = rows.older_than(after)
    pictures = list(rows[: PAGE + 1])
    shown = [row(picture) for picture in pictures[:PAGE]]
    said = ngettext("%(n)s image", "%(n)s images", len(shown)) if shown else _("Aucune image")
    return {
        "pictures": shown,
        "more": len(pictures) > PAGE,
        "said": said % {"n": len(shown)} if shown else said,
    }


def row(picture: Picture) -> dict[str, Any]:
    return {
        "id": picture.pk,
        "src": f"{own_files()}{picture.name}",
        "small": picture.small_url,
        "alt": picture.alt,
        "credit": picture.credit,
        "licence": picture.get_licence_display(),
        "size": f"{picture.width} × {picture.height}",
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
