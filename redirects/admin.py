from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.admin import LargeAdmin
from lib.refused import Refused
from redirects import moving
from redirects.models import Redirect


class RedirectForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path", "is_prefix"]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own, which the stubs do not name
        if not self.errors:
            try:
                moving.settle(self.instance)
            except Refused as refusal:
                self.add_error("new_path", str(refusal))


@admin.register(Redirect)
class RedirectAdmin(LargeAdmin):
    form = RedirectForm
    list_display = ["old_path", "new_path", "is_prefix", "hits", "created_at"]
    search_fields = ["old_path", "new_path"]
    readonly_fields = ["hits", "created_at"]

    def save_model(self, request: HttpRequest, redirect: Redirect, form: Any, change: bool) -> None:
        led_on = moving.keep(redirect)
        typed = [str(form.data.get(name, "")).strip() for name in ("old_path", "new_path")]
        if typed != [redirect.old_path, redirect.new_path]:
            text = _("Enregistrée sous la forme « %(old)s » → « %(new)s ».")
            messages.info(request, text % {"old": redirect.old_path, "new": redirect.new_path})
        if led_on:
            text = ngettext(
                "%(n)s redirection qui menait à l’ancienne adresse mène maintenant à la nouvelle.",
                "%(n)s redirections qui menaient à l’ancienne adresse mènent maintenant à la "
                "nouvelle.",
                led_on,
            )
            messages.info(request, text % {"n": led_on})
        for text in doubts(redirect):
            messages.warning(request, text)


def doubts(redirect: Redirect) -> list[str]:
    """Return what an editor should know of a redirection that may be kept all the same."""
    found = []
    if moving.sleeps(redirect):
        found.append(
            _(
                "Une page vit à l’ancienne adresse « %(old)s » : tant qu’elle existe, c’est elle "
                "qui s’affiche, et la redirection attend."
            )
            % {"old": redirect.old_path}
        )
    if not moving.arrives(redirect):
        found.append(
            _(
                "Aucune page ne vit à la nouvelle adresse « %(new)s » : les lecteurs y "
                "trouveront « Cette page n’existe pas »."
            )
            % {"new": redirect.new_path}
        )
    return found
