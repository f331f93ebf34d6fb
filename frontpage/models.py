"""What the editors put on the front page."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class FrontPageSlotQuerySet(models.QuerySet["FrontPageSlot"]):
    def shown_at(self, moment: datetime) -> FrontPageSlotQuerySet:
        """Return the slots that hold at that time, in order.

        Their articles may have been withdrawn since.
        """
        begun = models.Q(starts_at__isnull=True) | models.Q(starts_at__lte=moment)
        going_on = models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=moment)
        return self.filter(begun, going_on).order_by("position", "id")


class FrontPageSlot(models.Model):
    """An article that the editors put on the front page, from and until when.

    The newest articles fill what they leave.
    """

    class Place(models.TextChoices):
        LEAD = "LEAD", _("à la une")
        SELECTION = "SELECTION", _("choix de la rédaction")

    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.SELECTION)
    position = models.PositiveSmallIntegerField(
        _("rang"), default=0, help_text=_("Les plus petits d’abord.")
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="front_page_slots",
        verbose_name=_("article"),
    )
    starts_at = models.DateTimeField(
        _("à partir de"), null=True, blank=True, help_text=_("Vide : tout de suite.")
    )
    ends_at = models.DateTimeField(
        _("jusqu’à"), null=True, blank=True, help_text=_("Vide : sans limite.")
    )

    objects = FrontPageSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("place de la première page")
        verbose_name_plural = _("places de la première page")
        ordering = ["place", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="front_page_slot_ends_after_it_starts",
                violation_error_message=_("La fin vient après le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.get_place_display()})"
