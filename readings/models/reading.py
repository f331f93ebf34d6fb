"""Raw readings, which live for two days, and the key that hides who they are of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.models import Article


class Salt(models.Model):
    """The day's random key, in one row.

    `readings/salt.py` replaces it. It is never logged, and `deploy/backup` leaves it out.
    """

    value = models.BinaryField(max_length=32)
    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_row_of_salt")]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def in_time_order(self) -> ReadingQuerySet:
        return self.order_by("read_at", "id")


class Reading(models.Model):
    """One article that was visible for ten seconds in one visit. Lives for less than 48 hours.

    `visitor` and `network` are hashes of address and browser, and of the network, under the day's
    salt: they say nothing once the salt is gone. `visit` numbers the visitor's visits of the day,
    which 30 idle minutes part. What the reader did with the block at the foot of the article is
    kept in the same row, so that it counts once.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    visitor = models.BigIntegerField()
    visit = models.PositiveSmallIntegerField()
    network = models.BigIntegerField()
    read_at = models.DateTimeField()
    block_shown = models.BooleanField(default=False)
    block_followed = models.BooleanField(default=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "visit", "article"], name="reading_once_per_visit_and_article"
            ),
        ]
        indexes = [
            # building the lists, retention
            models.Index(fields=["read_at"], name="reading_by_time"),
            # the allowance of a network
            models.Index(fields=["network", "read_at"], name="reading_of_network"),
        ]
