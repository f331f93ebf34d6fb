from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author
from comments.models.comment import Comment
from comments.models.decision import GROUNDS
from lib.fields import PlainTextField, only


class Report(models.Model):
    """A reader's complaint about a reaction or an article.

    It is handled once, for all reports of the same text.
    """

    class Reason(models.TextChoices):
        HEALTH_DANGER = "HEALTH_DANGER", _("Conseil dangereux pour la santé")
        PRIVACY = "PRIVACY", _("Vie privée : on peut reconnaître quelqu’un")
        INSULT = "INSULT", _("Insulte ou attaque personnelle")
        ILLEGAL = "ILLEGAL", _("Propos contraires à la loi")
        ADVERTISING = "ADVERTISING", _("Publicité")
        ERROR = "ERROR", _("Erreur de fait")
        OTHER = "OTHER", _("Autre raison")

    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("réaction"),
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("article"),
    )
    reporter = models.ForeignKey(
        Author,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signalé par"),
    )
    reason = models.CharField(_("raison"), max_length=14, choices=Reason)
    message = PlainTextField(_("précision"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("signalé le"), default=timezone.now, editable=False)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("traité par"),
    )

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-id"]
        constraints = [
            only("reason", (*GROUNDS, "ERROR"), name="report_reason_is_known"),
            models.CheckConstraint(
                condition=Q(comment__isnull=False, article__isnull=True)
                | Q(comment__isnull=True, article__isnull=False),
                name="report_is_about_one_text",
            ),
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(reporter__isnull=False, handled_at__isnull=True),
                name="comment_reported_once_per_reader",
            ),
            models.UniqueConstraint(
                fields=["article", "reporter"],
                condition=Q(reporter__isnull=False, handled_at__isnull=True),
                name="article_reported_once_per_reader",
            ),
        ]
        indexes = [
            models.Index(
                fields=["comment"],
                name="report_open_by_comment",
                condition=Q(handled_at__isnull=True),
            )
        ]  # admin: comments with open reports

    def __str__(self) -> str:
        return self.get_reason_display()
