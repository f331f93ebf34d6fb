"""Keywords in a form: one line of names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lib.fields import LineInForm
from lib.text import name_key

MAX_TAG = 100


class TagsWidget(forms.TextInput):
    """One line of names; `static/js/admin/tag-suggestions.js` proposes those in use."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-suggestions": reverse("admin:articles_article_tag_names"),
            "data-suggestions-label": _("Mots-clés existants"),
        }
        return context

    def format_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return ", ".join(getattr(getattr(item, "tag", item), "name", str(item)) for item in value)


class TagsField(LineInForm):
    """Keywords between commas: "santé publique, e-santé" are two. The value is a list of names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=TagsWidget(attrs={"class": "vTextField", "autocomplete": "off"}),
            required=False,
            label=_("Mots-clés"),
            help_text=_("Séparés par des virgules : « santé publique, vaccin »."),
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        names = [name.strip() for name in (super().clean(value) or "").split(",") if name.strip()]
        if long := [name for name in names if len(name) > MAX_TAG]:
            raise ValidationError(_("Mot-clé trop long : « %(name)s… »") % {"name": long[0][:40]})
        if odd := [name for name in names if not name_key(name)]:
            raise ValidationError(
                _("« %(name)s » ne contient ni lettre ni chiffre.") % {"name": odd[0]}
            )
        return names
