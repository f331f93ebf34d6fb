from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.counting import ProtectedFields
from lib.fields import PlainTextField, only

LONGEST = 600  # characters


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self) -> CorrectionQuerySet:
        """Return what readers of published articles are owed: precisions and errors."""
        return self.filter(kind__in=Correction.PUBLIC, article__status=Article.Status.PUBLISHED)


class Correction(ProtectedFields):
    """One replacement of a live text: of which kind, what it changed in a reader's words, and from
    which version to which.

    Written by `articles/publishing/replacing.py` only, never changed.
    """

    class Kind(models.TextChoices):
        TYPO = "TYPO", _("faute de frappe")
        PRECISION = "PRECISION", _("précision")
        ERROR = "ERROR", _("erreur")
        UPDATE = "UPDATE", _("mise à jour")

    PUBLIC = (Kind.PRECISION, Kind.ERROR)
    PROTECTED_FIELDS = ("article", "kind", "words", "from_version", "to_version", "corrected_at")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("article")
    )
    kind = models.CharField(_("nature"), max_length=9, choices=Kind)
    words = PlainTextField(_("ce qui a changé"), max_length=LONGEST, blank=True)
    from_version = models.PositiveIntegerField(_("de la version"))
    to_version = models.PositiveIntegerField(_("à la version"))
    corrected_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("par"),
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectificatif")
        verbose_name_plural = _("rectificatifs")
        ordering = ["-corrected_at", "-id"]
        constraints = [
            only("kind", ("TYPO", "PRECISION", "ERROR", "UPDATE"), name="correction_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["PRECISION", "ERROR"]) | ~Q(words=""),
                name="correction_has_words",
            ),
            models.CheckConstraint(condition=~Q(kind="TYPO") | Q(words=""), name="typo_is_silent"),
            models.CheckConstraint(
                condition=Q(to_version__gt=F("from_version")), name="correction_goes_forward"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-corrected_at", "-id"],
                name="correction_public",
                condition=Q(kind__in=["PRECISION", "ERROR"]),
            ),  # the list of all of them
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.words}"

    @property
    def is_told(self) -> bool:
        """Tell whether the page of the article shows it: with the public ones, updates that have
        words."""
        return bool(self.words)

    @property
    def as_told(self) -> dict[str, str]:
        return {"kind": self.kind, "words": self.words, "at": self.corrected_at.isoformat()}


def told_of(article: Article) -> list[Correction]:
    """Return the last corrections that the page of the article shows, the latest first.

    No query: the article carries them.
    """
    return [
        Correction(
            kind=told["kind"],
            words=told["words"],
            corrected_at=datetime.fromisoformat(told["at"]),
        )
        for told in article.told_corrections
    ]
