"""Rich text in a form: the editor in the browser, our policy behind it."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_prose_editor.widgets import AdminProseEditorWidget, importmap

from lib.html.policy import clean_html
from lib.writing.characters import legible

EXTENSIONS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "Bold",
            "Italic",
            "Subscript",
            "Superscript",
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
    **dict.fromkeys(("Table", "TableRow", "TableHeader", "TableCell", "CareVox"), True),
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}


# What the editor's scripts say (static/js/admin/editor-words.js), here so that gettext sees it: the
# buttons by the names that the editor gives them, then the dialogs of our own. Elsewhere « Annuler
# »
# is to cancel and « Rétablir » to restore.
EDITOR_WORDS = {
    "heading2": _("Intertitre"),
    "heading3": _("Petit intertitre"),
    "paragraph": _("Paragraphe"),
    "bulletList": _("Liste à puces"),
    "orderedList": _("Liste numérotée"),
    "blockquote": _("Citation"),
    "horizontalRule": _("Filet"),
    "figure": _("Image de la bibliothèque"),
    "bold": _("Gras"),
    "italic": _("Italique"),
    "subscript": _("Indice"),
    "superscript": _("Exposant"),
    "code": _("Code"),
    "codeBlock": _("Bloc de code"),
    "link": _("Lien"),
    "unlink": _("Retirer le lien"),
    "history:undo": pgettext_lazy("editor", "Annuler"),
    "history:redo": pgettext_lazy("editor", "Rétablir"),
    "html": _("Modifier le HTML"),
    "specialCharacters": _("Caractères spéciaux"),
    "orderedListProperties": _("Réglages de la liste"),
    "table": _("Insérer un tableau"),
    "table:addColumnAfter": _("Ajouter une colonne"),
    "table:deleteColumn": _("Supprimer la colonne"),
    "table:addRowAfter": _("Ajouter une ligne"),
    "table:deleteRow": _("Supprimer la ligne"),
    "table:mergeCells": _("Fusionner les cellules"),
    "table:splitCell": _("Diviser la cellule"),
    "table:toggleHeaderCell": _("Cellule d’en-tête"),
    "table:deleteTable": _("Supprimer le tableau"),
    "table:caption": _("Titre du tableau"),
    "footnote": _("Note de bas de page"),
    "footnoteText": _("Texte de la note"),
    "insert": _("Insérer"),
    "save": _("Enregistrer"),
    "insertNothing": _("Ne rien insérer"),
    "searchPictures": _("Chercher dans les textes de remplacement et les crédits"),
    "pictures": _("Images"),
    "caption": _("Légende"),
    "alternativeText": _("Texte de remplacement"),
    "noAlternativeText": _("sans texte de remplacement"),
    "libraryIsSilent": _("La bibliothèque ne répond pas. Enregistrez le texte, puis réessayez."),
}


class ProseWidget(AdminProseEditorWidget):  # type: ignore[misc]  # comes without types
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-pictures": reverse("admin:pictures_picture_choice"),
            "data-words": json.dumps(EDITOR_WORDS, cls=DjangoJSONEncoder),
        }
        return context


class ProseField(forms.CharField):
    """HTML typed in the editor, cleaned under our policy."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = ProseWidget(config={"extensions": EXTENSIONS}, preset="configurable")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        # Django refuses a NUL, which the gate of all texts removes
        return clean_html(super().clean(legible(value) if isinstance(value, str) else value))


@lru_cache
def importmap_hash() -> str:
    """Return the source expression that lets the editor's import map run, nothing else inline."""
    html = str(importmap.render(attrs={}))
    inner = html[html.index(">") + 1 : html.rindex("</script>")]
    return "'sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() + "'"
