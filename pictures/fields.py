"""A picture of the library in a form of the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from js_asset import Script

from lib.admin import TypedChoice


class PictureChoice(TypedChoice):
    """Found by typing; `static/js/admin/editor/pictures/lead.js` shows it, and the library as a
    grid."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {
            "data-library": reverse("admin:pictures_picture_choice"),
            "data-sending": reverse("admin:pictures_picture_send"),
        }

    @property
    def media(self) -> forms.Media:
        script = Script("js/admin/editor/pictures/lead.js", type="module")
        # the text beside it brings the import map
        return super().media + forms.Media(css={"all": ["css/admin/editor.css"]}, js=[script])
