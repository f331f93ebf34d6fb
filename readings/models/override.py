"""What editors decide about one entry of one article's list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from lib.fields import LineField


class Override(models.Model):
    """An editor's word on an entry: impose it, or ban it.

    Changed through `readings/recommendations/overrides.py`, so that readers see it at once.
    """

    class Kind(models.TextChoices):
        PIN = "PIN", _("imposer")
        BAN = "BAN", _("écarter")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    neighbour = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article proposé")
    )
    kind = models.CharField(_("décision"), max_length=3, choices=Kind)
    reason = LineField(_("motif"), max_length=300)

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("par"),
    )
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("article imposé ou écarté")
        verbose_name_plural = _("articles imposés ou écartés")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "neighbour"],
                name="one_override_per_entry",
                violation_error_message=_("Une décision existe déjà pour ces deux articles."),
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")),
                name="override_is_of_two_articles",
                violation_error_message=_("Choisissez deux articles différents."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=["PIN", "BAN"]), name="override_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.neighbour}"
