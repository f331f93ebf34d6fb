from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from care.models import CareCard


class WithCare(models.Model):
    """What an article does for a reader in need: its card, and how it treats a hard subject.

    Editors decide; `articles/admin/proposals.py` proposes.
    """

    care_card = models.ForeignKey(
        CareCard,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("carte d’aide"),
        help_text=_("Elle se montre avant l’image si elle dit une urgence, sinon avant le texte."),
    )
    is_sensitive = models.BooleanField(
        _("sujet sensible"),
        default=False,
        help_text=_(
            "Suicide, automutilation, troubles alimentaires, violences : ni étoiles, ni lectures "
            "des autres, ni image d’ornement, et une réaction attend d’avoir été lue."
        ),
    )
    is_help = models.BooleanField(
        _("article d’aide"),
        default=False,
        help_text=_("Montré sous la carte quand une recherche dit une détresse."),
    )

    class Meta:
        abstract = True

    @property
    def holds_comments(self) -> bool:
        """Tell whether a reaction waits until a moderator has read it."""
        return self.is_sensitive

    @property
    def shows_urgency(self) -> bool:
        """Tell whether its card says to call now: it stands before everything else."""
        return self.care_card is not None and self.care_card.is_urgent
