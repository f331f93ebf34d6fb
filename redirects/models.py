from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import CleaningMixin, LineInForm
from lib.writing.characters import legible
from redirects.addresses import new_form, old_form

LONGEST_KEPT = 300  # characters of an address


class OldAddressField(CleaningMixin, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """An address in the form under which it is looked for, whatever was typed."""

    form_class = LineInForm

    def cleaned(self, value: str) -> str:
        return old_form(legible(value))


class NewAddressField(CleaningMixin, models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    form_class = LineInForm

    def cleaned(self, value: str) -> str:
        return new_form(legible(value))


class Redirect(models.Model):
    """An address that moved for good: left by a section that moved or a tag that was merged, or
    written by an editor.

    `is_prefix` covers everything below the old address, so that a moved section needs one row, not
    one per article.
    """

    old_path = OldAddressField(
        _("ancienne adresse"),
        max_length=LONGEST_KEPT,
        unique=True,
        help_text=_(
            "De « / » à la fin, avec ce qui suit « ? » s’il y en a. Majuscules, accents codés, "
            "barre finale et langue (« /en/ ») ne comptent pas."
        ),
    )
    new_path = NewAddressField(
        _("nouvelle adresse"),
        max_length=LONGEST_KEPT,
        help_text=_("Une adresse de ce site, qui peut finir par « ?… » ou « #… »."),
    )
    is_prefix = models.BooleanField(_("et tout ce qui suit"), default=False)
    hits = models.PositiveIntegerField(_("passages"), default=0, editable=False)
    created_at = models.DateTimeField(_("depuis le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("redirection")
        verbose_name_plural = _("redirections")
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_path=models.F("new_path")),
                name="redirect_leads_elsewhere",
                violation_error_message=_("Les deux adresses sont les mêmes."),
            ),
            models.CheckConstraint(
                condition=models.Q(old_path__startswith="/", new_path__startswith="/")
                & ~models.Q(new_path__startswith="//"),
                name="redirect_stays_on_site",
                violation_error_message=_("Une adresse du site commence par « / »."),
            ),
            models.CheckConstraint(
                condition=~models.Q(old_path__contains="#"),
                name="redirect_starts_at_no_fragment",
                violation_error_message=_("Une ancienne adresse ne contient pas « # »."),
            ),
            models.CheckConstraint(
                condition=~models.Q(old_path="/"),
                name="redirect_leaves_the_front_page",
                violation_error_message=_("La page d’accueil reste à son adresse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"

    def clean(self) -> None:
        """Say beside the field what is wrong with the two addresses themselves."""
        errors: dict[str, Any] = {}
        for name in ("old_path", "new_path"):
            address = str(getattr(self, name) or "")
            if not address.startswith("/") or address[1:2] in {"/", "\\"}:
                errors[name] = _(
                    "Écrivez une adresse de ce site, qui commence par une seule « / », "
                    "par exemple « /famille/ »."
                )
        if self.old_path and self.old_path == self.new_path:
            errors["new_path"] = _("La nouvelle adresse est aussi l’ancienne.")
        if "#" in self.old_path:
            errors["old_path"] = _(
                "Retirez « # » et ce qui suit : les navigateurs ne l’envoient pas au site."
            )
        elif self.old_path == "/":
            errors["old_path"] = _(
                "La page d’accueil reste à son adresse : ajoutez ce qui suivait « ? », "
                "par exemple « /?p=12 »."
            )
        elif self.is_prefix and "?" in self.old_path:
            errors["is_prefix"] = _(
                "Rien ne suit une adresse qui contient « ? » : décochez cette case, "
                "ou retirez « ? » de l’ancienne adresse."
            )
        if errors:
            raise ValidationError(errors)
