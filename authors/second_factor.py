"""The second proof of identity in our words: one-time codes, passkeys, recovery codes.

allauth does the work.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from authors.models import User


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth comes without types
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon, ou il a expiré."),
        "cannot_generate_recovery_codes": _(
            "Les codes de secours viennent après une application de codes ou une clé d’accès :"
            " ajoutez-en une d’abord."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the drawing as part of the page, on its own white ground.

        The policy of the page lets no `data:` picture in.
        """
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        image = qrcode.make(url, image_factory=SvgPathFillImage)
        drawing: str = image.to_string(encoding="unicode")
        return mark_safe(drawing)  # noqa: S308  (nothing but squares)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return _t("Clé d’accès %(n)s") % {
            "n": Authenticator.objects.filter(user=user, type=type).count() + 1
        }


class OneTimeCode(forms.Form):
    """What the forms that ask for a code share: its name, and where it is to be found."""

    label, found = (
        _("Code à usage unique"),
        _("Celui que votre application affiche en ce moment, ou l’un de vos codes de secours."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = self.label, self.found
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class AuthenticateForm(OneTimeCode, base.AuthenticateForm):  # type: ignore[misc]  # allauth comes without types
    pass


class ReauthenticateForm(OneTimeCode, base.ReauthenticateForm):  # type: ignore[misc]  # allauth comes without types
    pass


class ActivateTOTPForm(OneTimeCode, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth comes without types
    found = _("Les six chiffres que votre application affiche en ce moment.")


class KeyName(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = (
            _("Nom de la clé"),
            _("Pour la reconnaître, par exemple « téléphone » ou « clé du bureau »."),
        )


class AddWebAuthnForm(KeyName, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth comes without types
    passwordless = forms.BooleanField(
        label=_("Me connecter avec cette clé seule, sans mot de passe"),
        required=False,
        help_text=_(
            "Elle demandera alors votre empreinte, votre visage ou un code."
            " Sinon, elle s’ajoute au mot de passe."
        ),
    )


class EditWebAuthnForm(KeyName, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth comes without types
    pass
