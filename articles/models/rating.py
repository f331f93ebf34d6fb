from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from authors.models import Author


class Rating(models.Model):
    """How one reader rates one article. Written by `articles/voting.py` only."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("article")
    )
    reader = models.ForeignKey(
        Author, on_delete=models.CASCADE, related_name="ratings_given", verbose_name=_("lecteur")
    )
    value = models.PositiveSmallIntegerField(_("note"))
    created_at = models.DateTimeField(_("donnée le"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes des lecteurs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "reader"], name="rating_once_per_reader"),
            models.CheckConstraint(
                condition=models.Q(value__gte=1, value__lte=5), name="rating_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} : {self.value}/5"
