"""What every page shows of the sections; read only by pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from taxonomy import sections


def tree(request: HttpRequest) -> dict[str, Any]:
    """Return `sections`, the tree: one query when used."""
    return {"sections": SimpleLazyObject(sections.tree)}
