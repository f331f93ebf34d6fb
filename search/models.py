from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from lib.fields import LineField, PlainTextField, only
from lib.french.words import tokens

LONGEST_SPAN = 4  # words of a side of a pair that count for a search


class SearchEntry(models.Model):
    """What the search knows of one published article. Written by `search/index.py` only.

    `document` holds the tokens of the article (`search/document.py`). The database keeps its own
    full-text index of it in step: on SQLite triggers feed the FTS5 table `search_fulltext`, on
    PostgreSQL the generated column `vector` has a GIN index (`search/migrations/0001_initial.py`).
    `key` orders by date: seconds of publication times 10^9, plus the article's id; it is also the
    rowid in FTS5, so that "the newest first" costs no sorting.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    key = models.BigIntegerField(unique=True)
    document = models.TextField()

    class Meta:
        verbose_name = _("entrée de la recherche")
        verbose_name_plural = _("entrées de la recherche")

    def __str__(self) -> str:
        return str(self.article_id)


class SearchWord(models.Model):
    """A word of the published articles, for « vouliez-vous dire ».

    It may outlive its articles until the next rebuild, because a query is tried before it is
    proposed.
    """

    folded = models.CharField(max_length=40, primary_key=True)
    shown = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("mot de la recherche")
        verbose_name_plural = _("mots de la recherche")

    def __str__(self) -> str:
        return self.shown


class Medicine(models.Model):
    """A medicine of the French public medicines database, under its code there.

    `name` is as written there, `key` the folded words of its brand, by which a query names it,
    `substances` one a line, `imported_at` when the last import read it. Written by
    `search/medicines/importing.py` only.
    """

    cis = models.PositiveIntegerField(_("code CIS"), primary_key=True)
    name = LineField(_("nom"), max_length=400)
    key = models.CharField(max_length=100)
    substances = PlainTextField(_("substances actives"), blank=True)
    imported_at = models.DateTimeField(_("importé le"))

    class Meta:
        verbose_name = _("médicament de la base publique")
        verbose_name_plural = _("médicaments de la base publique")
        indexes = [
            # which brands the words of a query name, for every search
            models.Index(fields=["key"], name="medicine_by_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cis__gte=10_000_000, cis__lte=99_999_999),
                name="medicine_code_has_eight_digits",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="medicine_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Synonym(models.Model):
    """Two sides of one or several words that editors bring together in the search, or hold apart.

    It is worth more than the line of `search/data/synonyms.tsv` with the same two sides, in either
    order (`search/synonyms.py`).
    """

    class Kind(models.TextChoices):
        SAME = "SAME", _("se valent")
        RELATED = "RELATED", _("mènent de l’un à l’autre")
        APART = "APART", _("à ne pas rapprocher")

    words = LineField(
        _("mots"), max_length=80, help_text=_("Un mot ou plusieurs : « rhume des foins ».")
    )
    others = LineField(
        _("autres mots"),
        max_length=80,
        help_text=_(
            "« pollinose ». Pluriels, accents et mots de la même famille (vacciner, vaccination) "
            "sont compris sans cela."
        ),
    )
    kind = models.CharField(
        _("lien"),
        max_length=7,
        choices=Kind,
        default=Kind.SAME,
        help_text=_(
            "« Se valent » : qui cherche l’un trouve l’autre, presque au même rang. « Mènent de "
            "l’un à l’autre » : l’autre vient plus loin dans les résultats. « À ne pas "
            "rapprocher » : la paire ne compte plus, même si le fichier du site la contient."
        ),
    )

    class Meta:
        verbose_name = _("paire de mots")
        verbose_name_plural = _("paires de mots")
        ordering = ["words", "others"]
        constraints = [
            only("kind", ("SAME", "RELATED", "APART"), name="synonym_kind_is_known"),
            models.UniqueConstraint(
                fields=["words", "others"],
                name="synonym_once",
                violation_error_message=_("Cette paire est déjà dans la liste."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} – {self.others}"

    def clean(self) -> None:
        """Say beside the field what the search could make nothing of."""
        sides = {"words": tokens(self.words), "others": tokens(self.others)}
        errors: dict[str, Any] = {}
        for name, side in sides.items():
            if not side:
                errors[name] = _("La recherche ne retient aucun de ces mots : ils sont partout.")
            elif len(side) > LONGEST_SPAN:
                errors[name] = _("Écrivez quatre mots au plus, sans compter « de », « la », « à »…")
        if not errors and sides["words"] == sides["others"]:
            errors["others"] = _("Pour la recherche, ces mots n’en font déjà qu’un.")
        if not errors and self._is_there_turned_round():
            errors["others"] = _("Cette paire est déjà dans la liste, dans l’autre sens.")
        if errors:
            raise ValidationError(errors)

    def _is_there_turned_round(self) -> bool:
        turned = Synonym.objects.filter(words=self.others, others=self.words)
        return turned.exclude(pk=self.pk).exists()
