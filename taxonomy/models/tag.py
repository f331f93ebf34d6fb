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
        """Return one tag for each distinct name, in order; those that are missing are created. Names that differ by
        case, accents or punctuation are one tag."""
        wanted = {
            key: name
            for name in (normalise_line(name.replace(",", " ")) for name in names)
            if (key := name_key(name)[:100])
        }
        found = {tag.key: tag for tag in self.filter(key__in=wanted)}
        for key, name in wanted.items():
            if key not in found:
                found[key] = self.get_or_create(key=key, defaults={"name": name[:100]})[0]  # type: ignore[assignment]
        return [found[key] for key in wanted]

    def suggested(self, beginning: str, *, limit: int = 8) -> list[str]:
        """Return the names that begin so, whatever their case and accents, in order."""
        key = name_key(normalise_line(beginning))[:100]
        return (
            list(
                self.filter(key__startswith=key)
                .order_by("key")
                .values_list("name", flat=True)[:limit]
            )
            if key
            else []
        )


class Tag(models.Model):  # type: ignore[django-manager-missing]
    """A keyword. "e-Santé" and "E-SANTÉ" are one tag: `key` decides, the name first typed is shown."""

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
            "Montrée sur les articles qui portent ce mot-clé ; elle passe avant celle de la rubrique."
        ),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("mot-clé")
        verbose_name_plural = _("mots-clés")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = normalise_line(
            self.name.replace(",", " ")
        )  # the comma stands between two keywords
        self.key = name_key(self.name)[:100]
        if not self.slug:
            base = slugify_words(self.name, limit=80, fallback="mot-cle")
            self.slug = free_slug(Tag.objects.all(), base)
        with transaction.atomic():  # with what follows from a new name
            super().save(*args, **kwargs)
