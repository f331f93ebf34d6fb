from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField
from lib.text import name_key, normalise_line, slugify_words
from lib.web.addresses import free_slug
from taxonomy.models.care_card import CareCard


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, names: Iterable[str]) -> list[Tag]:
        """Return one tag for each distinct name, in order; those that are missing are created.

        Names that differ by case, accents or punctuation are one tag.
        """
        return [
            tag if tag.pk else self.get_or_create(key=tag.key, defaults={"name": tag.name})[0]
            for tag in self.named_unsaved(names)
        ]

    def named_unsaved(self, names: Iterable[str]) -> list[Tag]:
        """Return what `named` does without creating any: those that are missing are not saved."""
        wanted = {
            key: name
            for name in (normalise_line(name.replace(",", " ")) for name in names)
            if (key := name_key(name)[:100])
        }
        found = {tag.key: tag for tag in self.filter(key__in=wanted)}
        return [
            found.get(key) or Tag(name=name[:100], key=key, slug=Tag.slug_of(name))
            for key, name in wanted.items()
        ]

    def suggested(self, beginning: str, *, limit: int = 8) -> list[str]:
        """Return the names that begin so, whatever their case and accents, in order."""
        key = name_key(normalise_line(beginning))[:100]
        if not key:
            return []
        found = self.filter(key__startswith=key).order_by("key")
        return list(found.values_list("name", flat=True)[:limit])


class Tag(models.Model):  # type: ignore[django-manager-missing]  # taggit: `uses` is untyped
    """A keyword. "e-Santé" and "E-SANTÉ" are one tag: `key` decides, and the name that was typed
    first is shown."""

    name = LineField(_("mot-clé"), max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)
    slug = models.SlugField(_("adresse"), max_length=100, unique=True, blank=True)
    care_card = models.ForeignKey(
        CareCard,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tags",
        verbose_name=_("carte d’urgence"),
        help_text=_(
            "Montrée sur les articles qui portent ce mot-clé ; "
            "elle passe avant celle de la rubrique."
        ),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("mot-clé")
        verbose_name_plural = _("mots-clés")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        # the comma stands between two keywords
        self.name = normalise_line(self.name.replace(",", " "))
        self.key = name_key(self.name)[:100]
        if not self.slug:
            self.slug = free_slug(Tag.objects.all(), self.slug_of(self.name))
        with transaction.atomic():  # with what follows from a new name
            super().save(*args, **kwargs)

    @staticmethod
    def slug_of(name: str) -> str:
        return slugify_words(name, limit=80, fallback="mot-cle")
