from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.fields import LineField, WebAddressField


class Source(models.Model):
    """What an article rests on: a page on the web with its address, a book or an interview with its
    title only."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="sources", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    title = LineField(_("titre"), max_length=300, blank=True)
    publisher = LineField(
        _("éditeur"), max_length=150, blank=True, help_text=_("Organisme, journal ou personne.")
    )
    url = WebAddressField(_("adresse"), max_length=1000, blank=True)
    published_on = models.DateField(_("date du document"), null=True, blank=True)
    accessed_on = models.DateField(_("consultée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="", url=""),
                name="source_has_title_or_url",
                violation_error_message=_("Donnez un titre ou une adresse."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url
