from __future__ import annotations

from typing import Any

from django import template

from carevox.admin.overview import overview

register = template.Library()


@register.inclusion_tag("admin/_overview.html", takes_context=True)
def editors_overview(context: dict[str, Any]) -> dict[str, Any]:
    """Show what waits and what is missing. Three queries at most."""
    return overview(context["user"], context["magazine"])
