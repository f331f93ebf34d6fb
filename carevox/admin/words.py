"""Words that Django's admin takes from nowhere that a catalogue reaches, and its way by apps."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from carevox.admin import menu


def _app_index(request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
    """Lead to the first page: the menu knows work, not apps."""
    return redirect("admin:index")


class ScriptWords(JavaScriptCatalog):
    """Django's words for its scripts, with ours in their place."""

    packages = ["django.contrib.admin"]

    def get_paths(self, packages: Any) -> list[str]:
        return [*super().get_paths(packages), str(settings.STOCK_WORDS)]


def _script_words(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    return cast("HttpResponse", ScriptWords.as_view()(request))


def _boolean_icon(value: bool | None) -> SafeString:
    """Say yes and no in the language of the page, where Django says True and False."""
    if value is None:
        icon, said = "unknown", _("inconnu")
    else:
        icon, said = ("yes", _("oui")) if value else ("no", _("non"))
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), said)


# one site, and its functions read there by lists and forms
admin_list._boolean_icon = _boolean_icon  # type: ignore[attr-defined]  # not in the stubs
admin.site.app_index = _app_index  # type: ignore[method-assign,assignment]  # one site
admin.site.i18n_javascript = _script_words  # type: ignore[method-assign]  # one site
admin.site.get_app_list = menu.groups  # type: ignore[method-assign]  # one site
admin.site.index_title = _("Tableau de bord")
admin.site.empty_value_display = "–"
