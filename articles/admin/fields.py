"""Fields of the editors' forms: rich text, keywords."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget, importmap

from lib.html import TooLong, clean_html
from lib.text import name_key

MAX_TAG = 100
EXTENSIONS: dict[str, Any] = {
    **dict.fromkeys(("Bold", "Italic", "Subscript", "Superscript", "Code", "CodeBlock", "HardBreak", "HorizontalRule", "HTML"), True),
    **dict.fromkeys(("BulletList", "OrderedList", "ListItem", "Blockquote", "Figure", "Caption", "Image", "SpecialCharacters"), True),
    **dict.fromkeys(("Table", "TableRow", "TableHeader", "TableCell", "CareVox"), True),
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}


class ProseWidget(AdminProseEditorWidget):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-pictures"] = reverse("admin:articles_picture_choice")
        return context


class ProseField(forms.CharField):
    """HTML typed in the editor, cleaned under our policy."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = ProseWidget(config={"extensions": EXTENSIONS}, preset="configurable")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        try:
            return clean_html(super().clean(value))
        except TooLong as error:
            raise ValidationError(str(error)) from error


@lru_cache
def importmap_hash() -> str:
    """Return the source expression that lets the editor's import map, and nothing else inline, run."""
    html = str(importmap.render(attrs={}))
    inner = html[html.index(">") + 1 : html.rindex("</script>")]
    return "'sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() + "'"


class TagsWidget(forms.TextInput):
    """One line of names. `static/js/admin/tag-suggestions.js` proposes those in use for the one being typed."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-suggestions"] = reverse("admin:articles_article_tag_names")
        return context

    def format_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return ", ".join(getattr(getattr(item, "tag", item), "name", str(item)) for item in value)


class TagsField(forms.CharField):
    """Keywords separated by commas: "santé publique, e-santé" are two. The value is a list of names."""

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
            raise ValidationError(_("« %(name)s » ne contient ni lettre ni chiffre.") % {"name": odd[0]})
        return names
