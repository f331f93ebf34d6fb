from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.fields import CompressedJSONField, LineField


class Revision(models.Model):
    """The whole text of an article at one time, tags and sources included.

    Made by `articles/revisions/versions.py`, never changed.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("version"))
    content = CompressedJSONField(_("contenu"))
    digest = models.CharField(_("empreinte"), max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("par"),
    )
    note = LineField(_("remarque"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number_once_per_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"
