from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from authors import portraits, pseudonyms
from authors.models import Author
from lib.images import PictureFormField
from lib.web.honeypot import BotTrapMixin


class SignupForm(BotTrapMixin, forms.Form):
    """What sign-up asks beyond e-mail and password; allauth puts it together."""

    pseudonym = forms.CharField(
        label=_("Pseudonyme"),
        help_text=_("Il figure à côté de vos textes. Un nom d’emprunt convient."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    charter = forms.BooleanField(
        label="",
        error_messages={"required": _("Cochez cette case : la charte vaut pour tout le monde.")},
    )

    field_order = ["pseudonym", "email", "password1", "charter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charter"].label = format_html(
            _t(
                'J’ai lu la <a href="{charter}">charte éditoriale</a>'
                ' et la page <a href="{privacy}">Vie privée</a>.'
            ),
            charter=reverse("page", args=["charte-editoriale"]),
            privacy=reverse("page", args=["vie-privee"]),
        )

    def clean_pseudonym(self) -> str:
        return pseudonyms.checked(self.cleaned_data["pseudonym"])

    def signup(self, request: object, user: object) -> None:
        """Asked for by allauth; the author is made by `AccountAdapter.save_user`."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    picture = PictureFormField(
        label=_("Image"),
        required=False,
        square=400,
        help_text=_(
            "Carrée de préférence, 30 Mo au plus."
            " Ses données cachées (lieu, appareil) sont effacées."
        ),
    )
    remove_picture = forms.BooleanField(label=_("Retirer mon image"), required=False)

    class Meta:
        model = Author
        fields = ["pseudonym", "biography", "signature", "website"]
        # `pseudonyms.checked` says what is wrong with a name, where a text is cleaned in silence
        field_classes = {"pseudonym": forms.CharField}
        widgets = {
            "pseudonym": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "biography": forms.Textarea(attrs={"rows": 5}),
            "website": forms.URLInput(attrs={"autocomplete": "url"}),
        }

    field_order = ["pseudonym", "picture", "remove_picture", "biography", "signature", "website"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("picture", None)
        if not self.instance.picture:
            del self.fields["remove_picture"]

    def clean_pseudonym(self) -> str:
        """Judge a new name only: the present one may be the house's, or older than a rule."""
        pseudonym: str = self.cleaned_data["pseudonym"]
        if "pseudonym" not in self.changed_data:
            return pseudonym
        return pseudonyms.checked(pseudonym, own=self.instance)

    def save(self, commit: bool = True) -> Author:
        author: Author = super().save()
        file = self.cleaned_data.get("picture")
        if file or self.cleaned_data.get("remove_picture"):
            portraits.change(author, file)
        return author
