from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.counting import ProtectedFields
from lib.fields import PlainTextField, WebAddressField, only

LONGEST = 600  # characters: read whole, by somebody who is worried


class UrgentNoticeQuerySet(models.QuerySet["UrgentNotice"]):
    def standing(self) -> UrgentNoticeQuerySet:
        return self.filter(ended_at=None)

    def public(self) -> UrgentNoticeQuerySet:
        """Return those of published articles, the ended ones too."""
        return self.filter(article__status=Article.Status.PUBLISHED)


class UrgentNotice(ProtectedFields):
    """A dated warning above an article: a medicine recalled, advice that has changed.

    Written by `articles/notices.py` only. What it says never changes: it is ended, and another one
    issued. It goes with its article, and otherwise stays.
    """

    class Kind(models.TextChoices):
        RECALL = "RECALL", _("médicament ou produit rappelé")
        ADVICE = "ADVICE", _("conseil changé")
        OTHER = "OTHER", _("autre avertissement")

    PROTECTED_FIELDS = ("article", "kind", "text", "source", "issued_at", "issued_by")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="notices", verbose_name=_("article")
    )
    kind = models.CharField(_("de quoi il s’agit"), max_length=6, choices=Kind)
    text = PlainTextField(
        _("ce que les lecteurs doivent savoir"),
        max_length=LONGEST,
        help_text=_("Ce qui a changé, depuis quand, et quoi faire. 600 caractères au plus."),
    )
    source = WebAddressField(
        _("lu sur"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("L’adresse de la page où vous l’avez lu, en https."),
    )
    issued_at = models.DateTimeField(_("affiché le"), default=timezone.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("par"),
    )
    ended_at = models.DateTimeField(_("retiré le"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("retiré par"),
    )

    magazine_name: str  # given by articles.feeds

    objects = UrgentNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("avertissement")
        verbose_name_plural = _("avertissements")
        ordering = ["-id"]
        constraints = [
            only("kind", ("RECALL", "ADVICE", "OTHER"), name="notice_kind_is_known"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(ended_at=None),
                name="one_standing_notice_per_article",
                violation_error_message=_(
                    "Un avertissement est déjà affiché : retirez-le d’abord."
                ),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="notice_has_text"),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("text"), LONGEST)), name="notice_is_short"
            ),
            models.CheckConstraint(
                condition=Q(source="") | Q(source__startswith="https://"),
                name="notice_source_is_https",
                violation_error_message=_("Donnez une adresse qui commence par https://."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_at__gte=F("issued_at")),
                name="notice_ends_after_its_issue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.text}"

    @property
    def source_host(self) -> str:
        """Return the name of the site where it was read, as readers say it."""
        return (urlsplit(self.source).hostname or "").removeprefix("www.")
