from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from care.models import CareCard
from lib.fields import AddressWordField, LineField, PlainTextField, address_word
from lib.text import slugify_words
from lib.web.addresses import address


class SectionQuerySet(models.QuerySet["Section"]):
    def in_order(self) -> SectionQuerySet:
        return self.order_by("position", "name", "id")

    def within(self, section: Section) -> SectionQuerySet:
        """Return the section and all its descendants."""
        return self.filter(models.Q(pk=section.pk) | models.Q(path__startswith=f"{section.path}/"))

    def published_articles_count(self, sections: Collection[Section]) -> int:
        """Return how many articles readers find in these sections. One query."""
        counted = models.Count("articles", filter=models.Q(articles__status="PUBLISHED"))
        found = self.filter(pk__in=[section.pk for section in sections])
        return int(found.aggregate(n=counted)["n"])


class Section(models.Model):
    """A section of the magazine; two or three levels. Editors create and move them.

    `path` is the address, "medicaments-soins/les-actus", kept by `taxonomy/moving.py`, which also
    leaves the redirects when a section moves. A section that holds articles or sub-sections cannot
    be deleted.
    """

    MAX_DEPTH = 3

    class Colour(models.TextChoices):
        DAILY = "daily", _("vert")
        CARE = "care", _("bleu")
        BEAUTY = "beauty", _("rose")
        FAMILY = "family", _("brun")
        VIEWS = "views", _("violet")

    name = LineField(_("nom"), max_length=80)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("rubrique mère"),
    )
    slug = AddressWordField(
        _("mot de l’adresse"),
        max_length=60,
        blank=True,
        help_text=_("Laisser vide pour le tirer du nom."),
    )
    path = models.CharField(_("adresse"), max_length=200, unique=True, editable=False)
    description = PlainTextField(_("description"), max_length=500, blank=True)
    colour = models.CharField(
        _("couleur"),
        max_length=10,
        choices=Colour,
        blank=True,
        help_text=_("Vide : celle de la rubrique mère."),
    )
    position = models.PositiveSmallIntegerField(
        _("rang"), default=0, help_text=_("Les plus petits d’abord.")
    )
    care_card = models.ForeignKey(
        CareCard,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sections",
        verbose_name=_("carte d’aide proposée"),
        help_text=_(
            "Proposée à qui écrit ou relit un article de la rubrique, qui décide. "
            "Vide : celle de la rubrique mère."
        ),
    )

    subsections: list[Section]  # given by taxonomy.sections.tree()

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rubrique")
        verbose_name_plural = _("rubriques")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="section_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return address("articles:section", self.path)

    @property
    def depth(self) -> int:
        """Return 1 for a top section."""
        return self.path.count("/") + 1

    @property
    def top_path(self) -> str:
        return self.path.partition("/")[0]

    def clean(self) -> None:
        self.slug = self.slug or slugify_words(self.name, limit=60, fallback="")
        if not self.slug:
            raise ValidationError(
                {"slug": _("Ce nom ne donne pas d’adresse : écrivez un mot en lettres latines.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = address_word(self.slug) or slugify_words(
            self.name, limit=60, fallback="rubrique"
        )
        self.path = f"{self.parent.path}/{self.slug}" if self.parent else self.slug
        with transaction.atomic():  # with what follows from a new name
            super().save(*args, **kwargs)
