from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import merging
from articles.models import TaggedArticle
from lib.admin import LargeAdmin
from lib.refused import Refused
from redirects.moving import address_kept
from taxonomy.models import Tag


class MergeForm(forms.Form):
    """Which of the chosen keywords stays: the most used, unless the editor says otherwise."""

    into = forms.ModelChoiceField(
        label=_("Le mot-clé qui reste"),
        queryset=Tag.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Dites lequel reste.")},
    )

    def __init__(self, *args: Any, tags: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = tags
        field.label_from_instance = self.named
        field.initial = max(tags.values_list("uses_count", "pk"))[1]

    @staticmethod
    def named(tag: Any) -> str:
        return ngettext("%(tag)s (%(n)s article)", "%(tag)s (%(n)s articles)", tag.uses_count) % {
            "tag": tag.name,
            "n": tag.uses_count,
        }


@admin.register(Tag)
class TagAdmin(LargeAdmin):
    list_display = ["name", "uses_count", "slug", "care_card"]
    list_select_related = ["care_card"]
    search_fields = ["name"]
    fields = ["name", "slug", "care_card"]
    actions = ["merge_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        found: QuerySet[Tag] = super().get_queryset(request)
        return found.annotate(uses_count=TaggedArticle.count_of_tag())

    @admin.display(description=_("articles"), ordering="uses_count")
    def uses_count(self, tag: Any) -> int:
        """`tag`: a row of the list, which carries the number."""
        return int(tag.uses_count)

    def save_model(self, request: HttpRequest, tag: Tag, form: Any, change: bool) -> None:
        with address_kept(tag) if change else nullcontext():
            super().save_model(request, tag, form, change)

    @admin.action(description=_("Fusionner…"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, chosen: QuerySet[Tag]) -> HttpResponse | None:
        """Ask which one stays, then merge the others into it."""
        if chosen.count() < 2:
            messages.error(request, _t("Choisissez au moins deux mots-clés, dont celui qui reste."))
            return None
        form = MergeForm(request.POST if "apply" in request.POST else None, tags=chosen)
        if form.is_valid():
            into = form.cleaned_data["into"]
            try:
                gained = merging.merge(chosen.exclude(pk=into.pk), into=into)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                said = ngettext(
                    "C’est fait : « %(tag)s » reste, et %(n)s article le porte en plus. "
                    "Les anciennes adresses y mènent.",
                    "C’est fait : « %(tag)s » reste, et %(n)s articles le portent en plus. "
                    "Les anciennes adresses y mènent.",
                    gained,
                )
                messages.success(request, said % {"tag": into, "n": gained})
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Fusionner des mots-clés"),
            "form": form,
            "tags": chosen,
            "opts": self.opts,
        }
        return render(
            request, "admin/taxonomy/tag/merge.html", context, status=422 if form.errors else 200
        )
