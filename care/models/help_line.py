from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from care.checks import is_check_due
from lib.fields import LineField, WebAddressField, only


class HelpLine(models.Model):
    """A number or a place of the page « Trouver de l’aide », with where and when it was seen.

    A number that nobody has checked is shown all the same, as « à vérifier » to the editors.
    """

    class Kind(models.TextChoices):
        EMERGENCY = "EMERGENCY", _("Urgences")
        DISTRESS = "DISTRESS", _("Détresse, envie de mourir, besoin de parler")
        VIOLENCE = "VIOLENCE", _("Violences")
        CHILDREN = "CHILDREN", _("Enfants et adolescents")
        POISON = "POISON", _("Intoxications")
        ADDICTION = "ADDICTION", _("Alcool, drogues, tabac, jeu")
        SEXUALITY = "SEXUALITY", _("Sexualité, contraception, IVG")
        ILLNESS = "ILLNESS", _("Maladie, handicap, fin de vie")
        OTHER = "OTHER", _("Autres aides")

    kind = models.CharField(_("groupe"), max_length=10, choices=Kind)
    number = LineField(_("numéro"), max_length=30, blank=True)
    sms = LineField(_("SMS au"), max_length=30, blank=True)
    web = WebAddressField(_("site"), max_length=300, blank=True)
    name = LineField(_("nom"), max_length=120)
    audience = LineField(_("pour qui, pour quoi"), max_length=200, blank=True)
    hours = LineField(_("quand"), max_length=120, blank=True, help_text=_("« jour et nuit »"))
    signs = LineField(
        _("sourds et malentendants"), max_length=160, blank=True, help_text=_("« visio et tchat »")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=100)
    source = WebAddressField(
        _("vu sur"), max_length=300, blank=True, help_text=_("La page où le numéro a été lu.")
    )
    checked_on = models.DateField(_("vérifié le"), null=True, blank=True)

    class Meta:
        verbose_name = _("numéro d’aide")
        verbose_name_plural = _("numéros d’aide")
        ordering = ["position", "id"]
        constraints = [
            only(
                "kind",
                (
                    *("EMERGENCY", "DISTRESS", "VIOLENCE", "CHILDREN", "POISON", "ADDICTION"),
                    *("SEXUALITY", "ILLNESS", "OTHER"),
                ),
                name="help_line_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(number="", web=""),
                name="help_line_has_number_or_site",
                violation_error_message=_("Donnez un numéro ou un site."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | ~Q(source=""),
                name="checked_help_line_has_source",
                violation_error_message=_("Dites sur quelle page le numéro a été lu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.web} – {self.name}"

    @property
    def is_check_due(self) -> bool:
        return is_check_due(self.checked_on)
