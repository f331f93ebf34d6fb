from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author
from lib.decisions import HasDecisions, HasDecisionsQuerySet
from lib.fields import LineField, PlainTextField, only


class CommentQuerySet(HasDecisionsQuerySet["Comment"]):
    def visible(self) -> CommentQuerySet:
        return self.filter(state=Comment.State.VISIBLE)

    def held(self) -> CommentQuerySet:
        return self.filter(state=Comment.State.HELD)

    def live(self) -> CommentQuerySet:
        """Return what is neither hidden nor taken back."""
        return self.filter(state__in=Comment.LIVE)

    def seen_by(self, reader: Author | None) -> CommentQuerySet:
        """Return what has a place on the page of this reader: what is visible, tombstones, and
        their own reactions that wait."""
        is_shown = ~Q(state=Comment.State.HELD)
        return self.filter(is_shown | Q(author=reader) if reader else is_shown)

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

    Plain text; its HTML is made once, when it is written by `comments/posting.py`. On a sensitive
    article it is held until a moderator has read it. Released, hidden and restored by
    `comments/moderation.py`, never deleted by hand: what is hidden leaves a tombstone and its
    replies stay. `path` orders the thread: the fixed-width ids of the ancestors and its
    own, so that a page of any thread is one index range.
    """

    MAX_TEXT = 3000
    PATH_STEP = 8  # hexadecimal digits of one id in the path
    MAX_DEPTH = 24  # deeper replies stay on the last level: the path must fit its index

    class State(models.TextChoices):
        VISIBLE = "VISIBLE", _("visible")
        HELD = "HELD", _("en attente de lecture")
        HIDDEN = "HIDDEN", _("masquée")
        REMOVED = "REMOVED", _("retirée par son auteur")

    LIVE = (State.VISIBLE, State.HELD)

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
            only("state", ("VISIBLE", "HELD", "HIDDEN", "REMOVED"), name="comment_state_is_known"),
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
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def shown_name(self) -> str:
        return self.author.pseudonym if self.author else self.guest_name
