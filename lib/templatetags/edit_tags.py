"""From a page of the site to the form behind it, for who may change it."""

from __future__ import annotations

from typing import Any

from django import template
from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_link(context: dict[str, Any], row: Model) -> SafeString:
    """Lead to the form of the row; nothing for a reader, whose page stays as it was to the byte.

    Two queries, for members of the staff only.
    """
    return _link(context, type(row), "change", row.pk)


@register.simple_tag(takes_context=True)
def edit_list_link(context: dict[str, Any], model: str) -> SafeString:
    """Lead to the list of the rows of which the page is made; `model`: its app and its name."""
    return _link(context, apps.get_model(model), "changelist")


def _link(context: dict[str, Any], model: type[Model], page: str, *args: Any) -> SafeString:
    user: Any = context.get("user")
    opts = model._meta
    if not user or not user.is_staff or context.get("preview"):
        return SafeString("")
    if not user.has_perm(f"{opts.app_label}.change_{opts.model_name}"):
        return SafeString("")
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)
    link = '<p><a class="button button--small" href="{}">{}</a></p>'
    return format_html(link, address, _("Modifier"))
