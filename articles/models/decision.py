from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.decisions import Decision
from lib.fields import PlainTextField, only

STATUSES = Article.Status.values


class ArticleDecision(Decision):
    """A line of an article's log: who moved it from which status to which, when and why.

    What changes without a move has a kind of its own and a note, « ancien → nouveau », in place of
    the statuses. The reason of a warning that was issued is what it says.
    """

    FREE_TEXT = ("reason", "note")

    class Kind(models.TextChoices):
        MOVE = "MOVE", _("changement d’état")
        AUTHOR = "AUTHOR", _("changement d’auteur")
        SECTION = "SECTION", _("changement de rubrique")
        ADDRESS = "ADDRESS", _("changement d’adresse")
        REPORTS = "REPORTS", _("signalements sans suite")
        NOTICE = "NOTICE", _("avertissement affiché")
        NOTICE_END = "NOTICE_END", _("avertissement retiré")
        REPLACED = "REPLACED", _("nouvelle version en ligne")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("article")
    )
    kind = models.CharField(_("décision"), max_length=10, choices=Kind, default=Kind.MOVE)
    from_status = models.CharField(_("de"), max_length=10, choices=Article.Status, blank=True)
    to_status = models.CharField(_("à"), max_length=10, choices=Article.Status, blank=True)
    note = PlainTextField(_("détail"), blank=True)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-id"]
        constraints = [
            only(
                "kind",
                (
                    *("MOVE", "AUTHOR", "SECTION", "ADDRESS", "REPORTS"),
                    *("NOTICE", "NOTICE_END", "REPLACED"),
                ),
                name="article_decision_kind_is_known",
            ),
            only("from_status", ("", *STATUSES), name="article_decision_from_known_status"),
            only("to_status", ("", *STATUSES), name="article_decision_to_known_status"),
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
            models.CheckConstraint(
                condition=~models.Q(kind__in=["NOTICE", "NOTICE_END"]) | ~models.Q(reason=""),
                name="notices_have_words",
            ),
        ]

    def __str__(self) -> str:
        return self.note or f"{self.get_from_status_display()} → {self.get_to_status_display()}"
