"""« Les internautes qui ont lu cet article ont aussi consulté »: the lists as they were built."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class Variant(models.TextChoices):
    """Which lists a visitor is shown: those of the site's settings, or those under experiment."""

    CONTROL = "A", _("réglage du site")
    TREATMENT = "B", _("réglage à l’essai")


class AlsoViewedQuerySet(models.QuerySet["AlsoViewed"]):
    def shown_beside(self, article: Article, variant: str) -> AlsoViewedQuerySet:
        """Return the article's list, then the site's, as readers may see them now.

        What was withdrawn since the build is not there, and a teaser needs no further query.
        """
        own_or_site = self.filter(
            Q(article=article) | Q(article=None),
            variant=variant,
            neighbour__status=Article.Status.PUBLISHED,
        ).exclude(neighbour=article)
        return (
            own_or_site.order_by(F("article").asc(nulls_last=True), "rank")
            .select_related("neighbour__author", "neighbour__section")
            .only(
                "source",
                *(
                    f"neighbour__{field}"
                    for field in (
                        *("title", "slug", "published_at", "is_sensitive", "has_notice"),
                        *("ratings_count", "ratings_sum", "comments_count"),
                        *("author__pseudonym", "section__name", "section__path", "section__colour"),
                    )
                ),
            )
        )


class AlsoViewed(models.Model):
    """One entry of a list. Written by `readings/recommendations/building.py`.

    Entries without an article are the site's list, for an article that is too new to have its own.
    """

    SHOWN = 5  # entries of a list that a page shows
    STORED = 10  # the rest stands in for what is withdrawn or banned before the next build

    class Source(models.TextChoices):
        READINGS = "READINGS", _("les lectures")
        EDITOR = "EDITOR", _("la rédaction")
        SUBJECT = "SUBJECT", _("le même sujet")
        NOW = "NOW", _("ce qui est lu en ce moment")
        NEWEST = "NEWEST", _("les plus récents")

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        related_name="also_viewed",
        verbose_name=_("article"),
    )
    variant = models.CharField(_("réglage"), max_length=1, choices=Variant, default=Variant.CONTROL)
    rank = models.PositiveSmallIntegerField(_("rang"))
    neighbour = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article proposé")
    )
    source = models.CharField(_("d’après"), max_length=8, choices=Source)

    objects = AlsoViewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("article aussi consulté")
        verbose_name_plural = _("articles aussi consultés")
        ordering = ["article", "variant", "rank"]
        constraints = [
            # its index is the one that the block of a page is found by
            models.UniqueConstraint(
                fields=["article", "variant", "rank"], name="also_viewed_one_entry_a_rank"
            ),
            models.UniqueConstraint(
                fields=["article", "variant", "neighbour"], name="also_viewed_entry_once"
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")), name="also_viewed_is_another_article"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values), name="also_viewed_variant_is_known"
            ),
            # in full, because the class body's own names are out of reach in `Meta`
            models.CheckConstraint(
                condition=Q(source__in=["READINGS", "EDITOR", "SUBJECT", "NOW", "NEWEST"]),
                name="also_viewed_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} → {self.neighbour}"
