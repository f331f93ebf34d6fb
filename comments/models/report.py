from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author
from comments.models.comment import Comment
from comments.models.decision import GROUNDS
from lib.fields import PlainTextField, only

GRAVITY = (
    *("IN_DANGER", "HEALTH_DANGER", "ILLEGAL", "PRIVACY", "INSULT", "ERROR"),
    *("ADVERTISING", "OTHER"),
)  # the gravest first
HANDLED = len(GRAVITY)  # after them


class Report(models.Model):
    """A reader's complaint about a reaction or an article, or their fear for somebody.

    It is handled once, for all reports of the same text.
    """

    class Reason(models.TextChoices):
        IN_DANGER = "IN_DANGER", _("Quelqu’un semble en danger")
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

    alerted_at = models.DateTimeField(
        _("astreinte prévenue le"), null=True, blank=True, editable=False
    )
    # when it is read: those that are open, the gravest first, then what is handled
    turn = models.GeneratedField(
        expression=Case(
            When(handled_at__isnull=False, then=Value(HANDLED)),
            *(When(reason=reason, then=Value(turn)) for turn, reason in enumerate(GRAVITY)),
            default=Value(HANDLED),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-id"]
        constraints = [
            only("reason", (*GROUNDS, "ERROR", "IN_DANGER"), name="report_reason_is_known"),
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
            ),  # admin: comments with open reports
            models.Index(fields=["turn", "id"], name="report_by_turn"),  # admin list
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
