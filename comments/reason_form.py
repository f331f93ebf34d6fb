"""What a moderator is asked before a decision: each has its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.models import ModerationDecision
from lib.fields import TextInForm


def words() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=ModerationDecision.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
    )
    explanation = TextInForm(
        label=_("Précision"),
        required=False,
        max_length=500,
        help_text=_("Elle paraît à la place de la réaction."),
        widget=words(),
    )


class ReleaseForm(forms.Form):
    explanation = TextInForm(
        label=_("Remarque"),
        required=False,
        max_length=500,
        help_text=_("Elle reste au journal de la modération."),
        widget=words(),
    )


class ReasonForm(forms.Form):
    explanation = TextInForm(
        label=_("Motif"),
        max_length=500,
        help_text=_("Il reste au journal de la modération."),
        widget=words(),
        error_messages={"required": _("Dites pourquoi : une décision de modération se motive.")},
    )


@dataclass(frozen=True)
class Step:
    """A decision that can be taken.

    Its form, its name for one reaction and for several, the words of its button.
    """

    form: type[forms.Form]
    one: str | Promise
    several: str | Promise
    button: str | Promise


STEPS = {
    "release": Step(
        ReleaseForm, _("Publier cette réaction"), _("Publier des réactions"), _("Publier")
    ),
    "hide": Step(HideForm, _("Masquer cette réaction"), _("Masquer des réactions"), _("Masquer")),
    "restore": Step(
        ReasonForm, _("Rétablir cette réaction"), _("Rétablir des réactions"), _("Rétablir")
    ),
    "dismiss": Step(
        ReasonForm,
        _("Classer ses signalements"),
        _("Classer des signalements"),
        _("Signalements sans suite"),
    ),
}


def form_for(name: str, data: Any = None) -> forms.Form:
    return STEPS[name].form(data, auto_id=f"{name}_%s")


def ask(
    request: HttpRequest,
    model_admin: ModelAdmin[Any],
    name: str,
    form: forms.Form,
    subjects: Iterable[tuple[int, str, str]],
    kept: Iterable[tuple[str, str | Promise]] = (),
    back: str = "",
) -> HttpResponse:
    """Show the form of a decision about `subjects`: pk, who wrote, the text; and what was chosen
    but stays as it is, with the reason."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": STEPS[name].several,
        "name": name,
        "step": STEPS[name],
        "form": form,
        "subjects": subjects,
        "kept": kept,
        "back": back or request.get_full_path(),
        "opts": model_admin.opts,
    }
    return render(
        request, "admin/comments/decide.html", context, status=422 if form.errors else 200
    )
