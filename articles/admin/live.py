"""Putting the working version of a published article online: from its form, or from the page that
shows what it changes.

The rules are in `articles/publishing/replacing.py`; here is what the editor is asked and told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from articles.admin import moves
from articles.models import Article, Correction
from articles.publishing import replacing
from articles.revisions import comparison, versions
from authors.accounts import user_of
from lib.fields import LineInForm
from lib.refused import Refused

if TYPE_CHECKING:
    from django.http import QueryDict

    Admin = admin.ModelAdmin[Article]


class ReplaceForm(forms.Form):
    """`version`: the one that was compared; from the form of the article none, as it is saved in
    the same step."""

    prefix = "replace"
    kind = forms.ChoiceField(
        label=_("Nature du changement"),
        choices=Correction.Kind,
        error_messages={"required": _("Choisissez la nature du changement.")},
    )
    words = LineInForm(
        label=_("Ce qui a changé, pour les lecteurs"),
        required=False,
        max_length=600,
        help_text=_("Obligatoire pour une précision ou une erreur : l’article les montre."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_slug = forms.BooleanField(label=_("Refaire l’adresse d’après le titre"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def carry_out(self, request: HttpRequest, article: Article) -> bool:
        """Put it online and tell the editor; False with the refusal in the form."""
        if not self.is_valid():
            return False
        data = self.cleaned_data
        try:
            correction = replacing.replace_live(
                article,
                kind=data["kind"],
                words=data["words"],
                actor=user_of(request),
                new_slug=data["new_slug"],
                seen_version=data["version"],
            )
        except Refused as refusal:
            self.add_error("words" if data["kind"] in Correction.PUBLIC else "kind", str(refusal))
            return False
        said = _t("La version %(n)s est en ligne (%(kind)s).") % {
            "n": correction.to_version,
            "kind": correction.get_kind_display(),
        }
        moves.say_online(request, article, said)
        return True


def replace(
    model_admin: Admin, request: HttpRequest, article: Article, *, back: str
) -> HttpResponse:
    """Answer the page that compares the two versions, or put online what was compared there."""
    form = ReplaceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.carry_out(request, article):
        return HttpResponseRedirect(back)
    return _page(model_admin, request, article, form, back=back)


def replace_saved(
    model_admin: Admin, request: HttpRequest, article: Article, *, back: str
) -> HttpResponse:
    """Put online what the form of the article has just saved; if that is refused, show why, with
    the two versions."""
    form = ReplaceForm(request.POST)
    if not article.has_working_version:
        messages.info(request, _t("Les lecteurs voient déjà la dernière version."))
    elif not form.carry_out(request, article):
        return _page(model_admin, request, article, form, back=back)
    return HttpResponseRedirect(back)


def _page(
    model_admin: Admin, request: HttpRequest, article: Article, form: ReplaceForm, *, back: str
) -> HttpResponse:
    seen, last = versions.live(article), versions.latest(article)
    if form.is_bound:  # the page that comes back shows the version of now
        form.data = cast("QueryDict", form.data).dict() | {
            form.add_prefix("version"): article.last_version
        }
    else:
        form.initial["version"] = article.last_version
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _t("Mettre en ligne"),
        "subtitle": article.title,
        "form": form,
        "article": article,
        "back": back,
        "opts": model_admin.opts,
        "live": seen,
        "last": last,
        "differences": comparison.compare(seen, last) if seen and last else [],
    }
    template = "admin/articles/article/replace.html"
    return render(request, template, context, status=422 if form.errors else 200)
