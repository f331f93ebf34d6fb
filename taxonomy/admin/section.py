from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lib.admin import TypedChoiceAdmin
from lib.fields import address_word
from lib.text import slugify_words
from taxonomy import moving
from taxonomy.models import Section


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Section
        fields = ["name", "parent", "slug", "description", "colour", "position", "care_card"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        slug = address_word(data.get("slug") or "") or slugify_words(data.get("name", ""), limit=60)
        if reason := moving.refusal(self.instance, parent=data.get("parent"), slug=slug):
            self.add_error("slug", reason)
        data["slug"] = slug
        return data


@admin.register(Section)
class SectionAdmin(TypedChoiceAdmin):
    """The tree. Another parent or another word of the address moves everything below, and the old
    addresses lead on."""

    form = SectionForm
    list_display = ["in_tree", "path", "position", "colour", "care_card"]
    list_select_related = ["care_card"]
    autocomplete_fields = ["parent"]
    search_fields = ["name", "path"]
    ordering = ["path"]
    list_per_page = 200

    @admin.display(description=_("rubrique"), ordering="path")
    def in_tree(self, section: Section) -> str:
        return format_html(
            '<span class="tree" data-depth="{}">{}</span>', section.depth, section.name
        )

    def save_model(
        self, request: HttpRequest, section: Section, form: SectionForm, change: bool
    ) -> None:
        if change and {"parent", "slug"} & set(form.changed_data):
            moved = moving.move(section, parent=section.parent, slug=section.slug)
            message = ngettext(
                "%(n)s page a changé d’adresse : l’ancienne y mène.",
                "%(n)s pages ont changé d’adresse : les anciennes y mènent.",
                moved,
            )
            messages.info(request, message % {"n": moved})
        else:
            super().save_model(request, section, form, change)
