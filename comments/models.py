"""Readers' reactions, what readers report about them, and what moderators decided."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author
from lib.decisions import Decision, HasDecisions, HasDecisionsQuerySet
from lib.fields import LineField, PlainTextField, only

# What both a reader and a moderator may hold against a text; each adds one of their own.
GROUNDS = ("HEALTH_DANGER", "PRIVACY", "INSULT", "ILLEGAL", "ADVERTISING", "OTHER")


class CommentQuerySet(HasDecisionsQuerySet["Comment"]):
    def visible(self) -> CommentQuerySet:
        return self.filter(state=Comment.State.VISIBLE)

    def in_thread_order(self) -> CommentQuerySet:
        return self.order_by("path")

    def recent(self) -> CommentQuerySet:
        return self.order_by("-id")

    def by(self, author: Author) -> CommentQuerySet:
        return self.filter(author=author)

    def for_thread(self) -> CommentQuerySet:
        return (
            self.select_related("author", "parent__author")
            .defer("text", "parent__text", "parent__html")
            .in_thread_order()
        )


class Comment(HasDecisions):
    """A reaction to an article or a reply to another one.

    Plain text; its HTML is made once, when it is written by `comments/posting.py`. Hidden and
    restored by `comments/moderation.py`, never deleted by hand: what is hidden leaves a tombstone
    and its replies stay. `path` orders the thread: the fixed-width ids of the ancestors and its
    own, so that a page of any thread is one index range.
    """

    MAX_TEXT = 3000
    PATH_STEP = 8  # hexadecimal digits of one id in the path
    MAX_DEPTH = 24  # deeper replies stay on the last level: the path must fit its index

    class State(models.TextChoices):
        VISIBLE = "VISIBLE", _("visible")
        HIDDEN = "HIDDEN", _("masquée")
        REMOVED = "REMOVED", _("retirée par son auteur")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="comments", verbose_name=_("article")
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("auteur"),
    )
    guest_name = LineField(
        _("nom de l’invité"),
        max_length=60,
        blank=True,
        help_text=_("Pour les réactions importées sans compte."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("en réponse à"),
    )
    path = models.CharField(max_length=PATH_STEP * MAX_DEPTH, unique=True, editable=False)
    # one form and text, one comment: double clicks and the back button (comments/posting.py)
    submission = models.UUIDField(default=uuid4, unique=True, editable=False)

    text = PlainTextField(_("texte"), max_length=MAX_TEXT)
    html = models.TextField(editable=False)

    state = models.CharField(
        _("état"), max_length=8, choices=State, default=State.VISIBLE, editable=False
    )
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("modifiée le"), null=True, blank=True, editable=False)
    legacy_id = models.CharField(
        _("ancien identifiant"), max_length=100, blank=True, editable=False
    )

    open_reports: dict[str, int]  # reason -> how many; given by comments.admin

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("réaction")
        verbose_name_plural = _("réactions")
        ordering = ["-id"]
        constraints = [
            only("state", ("VISIBLE", "HIDDEN", "REMOVED"), name="comment_state_is_known"),
            models.UniqueConstraint(
                fields=["legacy_id"], condition=~Q(legacy_id=""), name="comment_legacy_id_once"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(guest_name=""),
                name="comment_has_author_or_name",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="comment_is_not_its_own_reply"
            ),
        ]
        indexes = [
            models.Index(fields=["article", "path"], name="comment_thread"),  # a page of the thread
            models.Index(
                fields=["author", "-id"], name="comment_of_author", condition=Q(state="VISIBLE")
            ),  # author page
            models.Index(fields=["state", "-id"], name="comment_by_state"),  # admin list, filtered
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return the permalink, which leads to the right page of the thread."""
        return reverse("comments:permalink", args=[self.pk])

    @property
    def depth(self) -> int:
        """Return 1 for a reaction to the article itself."""
        return len(self.path) // self.PATH_STEP

    @property
    def is_visible(self) -> bool:
        return self.state == self.State.VISIBLE

    @property
    def shown_name(self) -> str:
        return self.author.pseudonym if self.author else self.guest_name


class ModerationDecision(Decision):
    """Who hid or restored a reaction or closed its reports, when and why.

    The reason is one of a list, the explanation in the moderator's words. An appeal adds a row.
    """

    FREE_TEXT = ("explanation",)

    class Kind(models.TextChoices):
        HIDE = "HIDE", _("masquer")
        RESTORE = "RESTORE", _("rétablir")
        DISMISS = "DISMISS", _("classer les signalements")

    class Reason(models.TextChoices):
        HEALTH_DANGER = "HEALTH_DANGER", _("conseil dangereux pour la santé")
        PRIVACY = "PRIVACY", _("vie privée ou données de santé d’une personne")
        INSULT = "INSULT", _("attaque personnelle")
        ILLEGAL = "ILLEGAL", _("propos contraires à la loi")
        ADVERTISING = "ADVERTISING", _("publicité ou indésirable")
        OFF_TOPIC = "OFF_TOPIC", _("hors sujet")
        OTHER = "OTHER", _("autre motif")

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("réaction")
    )
    kind = models.CharField(_("décision"), max_length=8, choices=Kind)
    reason = models.CharField(_("motif"), max_length=14, choices=Reason, blank=True)
    explanation = PlainTextField(_("précision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("décision de modération")
        verbose_name_plural = _("décisions de modération")
        ordering = ["-id"]
        constraints = [
            only("kind", ("HIDE", "RESTORE", "DISMISS"), name="moderation_kind_is_known"),
            only("reason", ("", *GROUNDS, "OFF_TOPIC"), name="moderation_reason_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="HIDE") | ~Q(reason=""), name="hiding_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="DISMISS") | ~Q(explanation=""), name="dismissal_has_explanation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.get_reason_display() or self.explanation}"


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
