from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles.rendering.links import linked_ids


class WithLinks(models.Model):
    """A text that leads to other articles, by their numbers: `/article/12`.

    `linked_articles` is written with the text and put right by `render_texts`. It tells which texts
    to draw anew when an article has another address, without reading any of them.
    """

    linked_articles = models.ManyToManyField(
        "articles.Article",
        through="articles.TextLink",
        symmetrical=False,
        related_name="linking_articles",
        editable=False,
    )

    link_targets: Collection[Any] = ()  # of the text that was drawn last

    class Meta:
        abstract = True

    def link_addresses(self) -> dict[int, str]:
        """Return the addresses of the articles that the text leads to and readers know, in the
        site's own language, whoever saves it. One query if there is any link."""
        ids = linked_ids(self.body)  # type: ignore[attr-defined]  # the article's own
        known: Any = type(self)._default_manager  # of an abstract model the stubs know no fields
        rows = known.filter(pk__in=ids).select_related("section")
        fields = ("slug", "title", "published_at", "section__path")
        self.link_targets = list(rows.only(*fields)) if ids else []
        with translation.override(settings.LANGUAGE_CODE):
            return {one.pk: one.get_absolute_url() for one in self.link_targets if one.published_at}


class TextLink(models.Model):
    """A text that leads to an article; both may be in any state."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("lien d’un texte")
        verbose_name_plural = _("liens des textes")
        constraints = [
            models.UniqueConstraint(fields=["article", "target"], name="link_once_per_text"),
        ]


def keep(uses: Any, rows: Collection[Any], *, is_new: bool) -> None:
    """Write what a text uses; a new one has nothing to compare with."""
    if not is_new:
        uses.set(rows)
    elif rows:
        uses.add(*rows)
