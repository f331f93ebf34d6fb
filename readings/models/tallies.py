"""What stays of a day's readings: sums of which no row belongs to anybody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from readings.models.also_viewed import AlsoViewed, Variant


class ReadingsOfDay(models.Model):
    """How often an article was read on a day.

    Their sum is `Article.readings_count`, kept by `readings/counters.py`.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="readings_by_day", verbose_name=_("article")
    )
    day = models.DateField(_("jour"))
    readings_count = models.PositiveIntegerField(_("lectures"), default=0)

    class Meta:
        verbose_name = _("lectures d’un jour")
        verbose_name_plural = _("lectures par jour")
        ordering = ["-day", "-readings_count"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day"], name="readings_once_per_article_and_day"
            ),
        ]
        indexes = [
            # most-read lists
            models.Index(fields=["day", "-readings_count"], name="readings_most_read"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} : {self.readings_count}"


class PairTally(models.Model):
    """What a day's visits said about two articles read together, once its raw rows are gone.

    `weight` is the sum of the day's contributions, `visits` how many visits they came from. A pair
    of fewer visits than `retention.KEPT_FROM` is not kept, for it would tell what one person read.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    neighbour = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    weight = models.FloatField()
    visits = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "neighbour", "day"], name="pair_tallied_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")), name="pair_is_of_two_articles"
            ),
        ]
        indexes = [
            # building the lists, retention
            models.Index(fields=["day"], name="pair_by_day"),
        ]


class BlockTally(models.Model):
    """How often on a day the block of an article was seen and its entries followed.

    Position 0 is the block itself, 1 to 5 its entries.
    """

    SHOWN = 0

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    day = models.DateField(_("jour"))
    variant = models.CharField(_("réglage"), max_length=1, choices=Variant)
    position = models.PositiveSmallIntegerField(_("position"))
    count = models.PositiveIntegerField(_("nombre"), default=0)

    class Meta:
        verbose_name = _("usage des listes")
        verbose_name_plural = _("usage des listes")
        ordering = ["-day", "variant", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day", "variant", "position"], name="block_tallied_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values), name="block_tally_variant_is_known"
            ),
            models.CheckConstraint(
                condition=Q(position__lte=AlsoViewed.SHOWN), name="block_tally_position_is_shown"
            ),
        ]
        indexes = [
            # the figures in the admin
            models.Index(fields=["day"], name="block_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.variant}{self.position} : {self.count}"
