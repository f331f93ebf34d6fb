from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from care.models import CareCard
from lib.fields import AddressWordField, LineField
from lib.text import keyword_key, name_key, normalise_line, slugify_words, spoken_signs
from lib.web.addresses import free_slug


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, names: Iterable[str]) -> list[Tag]:
        """Return one tag for each distinct name, in order; those that are missing are created.

        Names that differ by case, accents or punctuation are one tag, those that differ by a plus
        or a minus are two.
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
            if (key := keyword_key(name)[:100])
        }
        found = {tag.key: tag for tag in self.filter(key__in=wanted)}
        return [
            found.get(key) or Tag(name=name[:100], key=key, slug=Tag.slug_of(name))
            for key, name in wanted.items()
        ]

    def suggested(self, beginning: str, *, limit: int = 8) -> list[str]:
        """Return the names that begin so, whatever their case and accents, in order."""
        return list(self.beginning_like(beginning).values_list("name", flat=True)[:limit])

    def beginning_like(self, text: str) -> TagQuerySet:
        """Return those whose name begins so, in order: a hyphen that is typed last is no minus."""
        key = name_key(text)[:100]
        if not key:
            return self.none()
        signed = keyword_key(text)[:100]
        begins = models.Q(key__startswith=key) | models.Q(key__startswith=signed)
        return self.filter(begins).order_by("key")


class Tag(models.Model):  # type: ignore[django-manager-missing]  # taggit: `uses` is untyped
    """A keyword. "e-Santé" and "E-SANTÉ" are one tag: `key` decides, and the name that was typed
    first is shown."""

    name = LineField(_("mot-clé"), max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)
    slug = AddressWordField(_("adresse"), max_length=100, unique=True, blank=True)
    care_card = models.ForeignKey(
        CareCard,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tags",
        verbose_name=_("carte d’aide proposée"),
        help_text=_("Proposée à qui écrit ou relit un article qui porte ce mot-clé, qui décide."),
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

    def clean(self) -> None:
        key = keyword_key(self.name)[:100]
        if not name_key(self.name):
            raise ValidationError({"name": _("Un mot-clé contient une lettre ou un chiffre.")})
        if same := Tag.objects.filter(key=key).exclude(pk=self.pk).first():
            raise ValidationError(
                {"name": _("C’est déjà le mot-clé « %(name)s ».") % {"name": same.name}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        # the comma stands between two keywords
        self.name = normalise_line(self.name.replace(",", " "))
        self.key = keyword_key(self.name)[:100]
        if not self.slug:
            self.slug = free_slug(Tag.objects.all(), self.slug_of(self.name))
        with transaction.atomic():  # with what follows from a new name
            super().save(*args, **kwargs)

    @staticmethod
    def slug_of(name: str) -> str:
        """« groupe A+ » -> "groupe-a-plus"."""
        return slugify_words(spoken_signs(name), limit=80, fallback="mot-cle")
