"""Two quiet traps for robots: a field that no person sees, a form filled in too fast for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.web.submissions import show_again

SALT = "lib.web.honeypot"
MAX_AGE = 24 * 3600


class BotTrapMixin(forms.Form):
    """Add both traps to a form. A slow or returning reader only has to send the form again."""

    website_2 = forms.CharField(
        required=False,
        label=_("Laissez ce champ vide"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = stamp

    @property
    def trap(self) -> forms.BoundField:
        """The field that templates must draw out of sight (class `trap`)."""
        return self["website_2"]

    def clean_website_2(self) -> str:
        if self.cleaned_data.get("website_2"):
            raise ValidationError(_("Ce champ doit rester vide."))
        return ""

    def clean_opened(self) -> str:
        try:
            opened = signing.TimestampSigner(salt=SALT)
            opened.unsign(self.cleaned_data["opened"] or "", max_age=MAX_AGE)
        except signing.SignatureExpired as error:
            show_again(self, opened=stamp())
            raise ValidationError(
                _("Ce formulaire est ouvert depuis plus d’un jour : envoyez-le encore une fois.")
            ) from error
        except signing.BadSignature as error:
            show_again(self, opened=stamp())
            raise ValidationError(
                _("Le formulaire est arrivé incomplet : envoyez-le encore une fois.")
            ) from error
        if settings.MINIMUM_FORM_SECONDS and self._is_too_fast(self.cleaned_data["opened"]):
            raise ValidationError(
                _("C’est allé très vite : patientez quelques secondes, puis envoyez de nouveau.")
            )
        return str(self.cleaned_data["opened"])

    def _is_too_fast(self, value: str) -> bool:
        try:
            signing.TimestampSigner(salt=SALT).unsign(value, max_age=settings.MINIMUM_FORM_SECONDS)
        except signing.SignatureExpired:
            return False
        return True


def stamp() -> str:
    return signing.TimestampSigner(salt=SALT).sign("")
