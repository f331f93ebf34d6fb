from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Decision(models.Model):
    """A line of an article's journal: who moved it from which status to which, when and why. Never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("article"))
    from_status = models.CharField(_("de"), max_length=10, choices=Article.Status)
    to_status = models.CharField(_("à"), max_length=10, choices=Article.Status)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par"))
    reason = models.TextField(_("motif"), blank=True)
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(to_status__in=["WITHDRAWN", "REJECTED"]) | ~models.Q(reason=""),
                name="withdrawal_has_reason",
                violation_error_message=_("Un retrait ou un refus se motive."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
