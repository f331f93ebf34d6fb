"""Rich text in a form: the editor in the browser, our policy behind it."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.urls import reverse
from django_prose_editor.widgets import AdminProseEditorWidget, importmap

from lib.html.losses import Losses, said
from lib.html.policy import clean_html, own_files
from lib.prose.words import EDITOR_WORDS
from lib.writing.characters import legible

EXTENSIONS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "Bold",
            "Italic",
            "Subscript",
            "Superscript",
            "Strike",
            "Code",
            "CodeBlock",
            "HardBreak",
            "HorizontalRule",
            "HTML",
        ),
        True,
    ),
    **dict.fromkeys(
        (
            "BulletList",
            "OrderedList",
            "ListItem",
            "Blockquote",
            "Figure",
            "Caption",
            "Image",
            "SpecialCharacters",
        ),
        True,
    ),
    **dict.fromkeys(
        ("Table", "TableRow", "TableHeader", "TableCell", "Fullscreen", "CareVox"), True
    ),
    "Heading": {"levels": [2, 3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}


class ProseWidget(AdminProseEditorWidget):  # type: ignore[misc]  # comes without types
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-pictures": reverse("admin:pictures_picture_choice"),
            "data-media": own_files(),
            "data-sending": reverse("admin:pictures_picture_send"),
            "data-articles": reverse("admin:articles_article_link_choice"),
            "data-words": json.dumps(EDITOR_WORDS, cls=DjangoJSONEncoder),
        }
        return context


class ProseField(forms.CharField):
    """HTML typed in the editor, cleaned under our policy.

    `losses`: what the policy did not keep of the text that was last cleaned.
    """

    losses = Losses()

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = ProseWidget(config={"extensions": EXTENSIONS}, preset="configurable")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        # Django refuses a NUL, which the gate of all texts removes
        typed = super().clean(legible(value) if isinstance(value, str) else value)
        self.losses = Losses()
        return clean_html(typed, self.losses)


def say_losses(request: HttpRequest, form: forms.BaseForm) -> None:
    """Tell who has saved the form what its texts had that is not kept."""
    fields = (field for field in form.fields.values() if isinstance(field, ProseField))
    if sentence := said(field.losses for field in fields):
        messages.warning(request, sentence)


@lru_cache
def importmap_hash() -> str:
    """Return the source expression that lets the editor's import map run, nothing else inline."""
    html = str(importmap.render(attrs={}))
    inner = html[html.index(">") + 1 : html.rindex("</script>")]
    return "'sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() + "'"
