from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Decision(models.Model):
    """A line of an article's journal: who moved it from which status to which, when and why. Never changed.

    What changes without a move has a kind of its own and a note, « ancien → nouveau », in place of the statuses.
    """

    class Kind(models.TextChoices):
        MOVE = "MOVE", _("changement d’état")
        AUTHOR = "AUTHOR", _("changement d’auteur")
        SECTION = "SECTION", _("changement de rubrique")
        ADDRESS = "ADDRESS", _("changement d’adresse")
        REPORTS = "REPORTS", _("signalements sans suite")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("article")
    )
    kind = models.CharField(_("décision"), max_length=8, choices=Kind, default=Kind.MOVE)
    from_status = models.CharField(_("de"), max_length=10, choices=Article.Status, blank=True)
    to_status = models.CharField(_("à"), max_length=10, choices=Article.Status, blank=True)
    note = models.TextField(_("détail"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("par"),
    )
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
            models.CheckConstraint(
                condition=models.Q(kind="MOVE") & ~models.Q(to_status="")
                | ~models.Q(kind="MOVE") & models.Q(to_status="") & ~models.Q(note=""),
                name="decision_moves_or_notes",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="REPORTS") | ~models.Q(reason=""),
                name="dismissed_reports_have_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.note or f"{self.get_from_status_display()} → {self.get_to_status_display()}"
