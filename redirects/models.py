from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Redirect(models.Model):
    """An address that moved for good: left by a section that moved or a tag that was merged, or
    written by an editor.

    `is_prefix` covers everything below the old address, so that a moved section needs one row, not
    one per article.
    """

    old_path = models.CharField(
        _("ancienne adresse"),
        max_length=300,
        unique=True,
        help_text=_("Chemin complet, de « / » à la fin."),
    )
    new_path = models.CharField(_("nouvelle adresse"), max_length=300)
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
        ]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"
