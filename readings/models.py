"""Readings without readers: raw rows for two days, then tallies of which no row belongs to anybody."""

from __future__ import annotations

from ipaddress import ip_network

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from lib.fields import LineField


class Arm(models.TextChoices):
    """Whose list a visitor is shown: the site's setting, or the one on trial."""

    USUAL = "A", _("réglage du site")
    TRIAL = "B", _("réglage à l’essai")


class Salt(models.Model):
    """The day's random key, in one row. Replaced by `readings/salt.py`, never logged, never copied by deploy/backup."""

    value = models.BinaryField(max_length=32)
    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_row_of_salt")]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def in_time_order(self) -> ReadingQuerySet:
        return self.order_by("read_at", "id")


class Reading(models.Model):
    """One article that was visible for ten seconds in one visit. Lives for less than 48 hours.

    `visitor` and `network` are hashes of address and browser, and of the network, under the day's salt: they say
    nothing once the salt is gone. `visit` counts the visits of the day, parted by 30 idle minutes. What the reader did
    with the block at the foot of the article is kept in the same row, so that it counts once.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    visitor = models.BigIntegerField()
    visit = models.PositiveSmallIntegerField()
    network = models.BigIntegerField()
    read_at = models.DateTimeField()
    block_shown = models.BooleanField(default=False)
    block_followed = models.BooleanField(default=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "visit", "article"], name="reading_once_per_visit_and_article"
            )
        ]
        indexes = [
            models.Index(fields=["read_at"], name="reading_by_time"),  # building, forgetting
            models.Index(
                fields=["network", "read_at"], name="reading_of_network"
            ),  # allowance of a network
        ]


class ReadingsOfDay(models.Model):
    """How often an article was read on a day. Their sum is `Article.readings_count`, kept by `readings/counters.py`."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="readings_by_day", verbose_name=_("article")
    )
    day = models.DateField(_("jour"))
    readings_count = models.PositiveIntegerField(_("lectures"), default=0)

    class Meta:
        verbose_name = _("lectures d’un jour")
        verbose_name_plural = _("lectures par jour")
        ordering = ["-day", "-readings_count"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day"], name="readings_once_per_article_and_day"
            )
        ]
        indexes = [
            models.Index(fields=["day", "-readings_count"], name="readings_most_read")
        ]  # most-read lists

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} : {self.readings_count}"


class PairTally(models.Model):
    """What a day's visits said about two articles read together, written when the day's raw rows are forgotten.

    `weight` is the sum of the day's contributions, `visits` how many visits they came from; a pair of fewer visits than
    `building.KEPT_FROM` is not kept, for it would tell what one person read.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    neighbour = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    weight = models.FloatField()
    visits = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "neighbour", "day"], name="pair_tallied_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")), name="pair_is_of_two_articles"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="pair_by_day")]  # building, forgetting


class AlsoViewedQuerySet(models.QuerySet["AlsoViewed"]):
    def shown_beside(self, article: Article, arm: str) -> AlsoViewedQuerySet:
        """Return the article's list as readers may see it now, then the site's: what was withdrawn since the build is gone."""
        own_or_site = self.filter(
            Q(article=article) | Q(article=None),
            arm=arm,
            neighbour__status=Article.Status.PUBLISHED,
        ).exclude(neighbour=article)
        return own_or_site.order_by(F("article").asc(nulls_last=True), "rank").select_related(
            "neighbour__author", "neighbour__section"
        )


class AlsoViewed(models.Model):
    """One entry of « ont aussi consulté ». Written by `readings/recommendations/building.py`, in lists that are longer than what is shown.

    Entries without an article are the site's list, for an article that is too new to have its own.
    """

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
    arm = models.CharField(max_length=1, choices=Arm, default=Arm.USUAL)
    rank = models.PositiveSmallIntegerField(_("rang"))
    neighbour = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article proposé")
    )
    source = models.CharField(_("d’après"), max_length=8, choices=Source)

    objects = AlsoViewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("article aussi consulté")
        verbose_name_plural = _("articles aussi consultés")
        ordering = ["article", "arm", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "arm", "rank"], name="also_viewed_one_entry_a_rank"
            ),  # the block of the page
            models.UniqueConstraint(
                fields=["article", "arm", "neighbour"], name="also_viewed_entry_once"
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")), name="also_viewed_is_another_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.neighbour_id}"


class BlockTally(models.Model):
    """How often on a day the block of an article was seen (position 0) and its entries were followed (1 to 5)."""

    SHOWN = 0

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    day = models.DateField(_("jour"))
    arm = models.CharField(_("réglage"), max_length=1, choices=Arm)
    position = models.PositiveSmallIntegerField(_("position"))
    count = models.PositiveIntegerField(_("nombre"), default=0)

    class Meta:
        verbose_name = _("usage des listes")
        verbose_name_plural = _("usage des listes")
        ordering = ["-day", "arm", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day", "arm", "position"], name="block_tallied_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["day"], name="block_by_day")]  # figures in the admin

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} {self.arm}{self.position} : {self.count}"


class Choice(models.Model):
    """An editor's word on one entry of one article's list. Changed through `readings/recommendations/overrides.py`, seen at once."""

    class Kind(models.TextChoices):
        PIN = "PIN", _("imposer")
        BAN = "BAN", _("écarter")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    neighbour = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article proposé")
    )
    kind = models.CharField(_("décision"), max_length=3, choices=Kind)
    reason = LineField(_("motif"), max_length=300)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("par"),
    )
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("article imposé ou écarté")
        verbose_name_plural = _("articles imposés ou écartés")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "neighbour"],
                name="one_choice_per_entry",
                violation_error_message=_("Une décision existe déjà pour ces deux articles."),
            ),
            models.CheckConstraint(
                condition=~Q(article=F("neighbour")),
                name="choice_is_of_two_articles",
                violation_error_message=_("Choisissez deux articles différents."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="choice_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.neighbour}"


class BannedNetwork(models.Model):
    """A network whose readings no longer count, because somebody pushes articles from there."""

    prefix = models.CharField(
        _("réseau"),
        max_length=43,
        unique=True,
        help_text=_("Par exemple 203.0.113.0/24 ou 2001:db8:1:2::/64."),
    )
    reason = LineField(_("motif"), max_length=300)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("par"),
    )
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("réseau écarté")
        verbose_name_plural = _("réseaux écartés")
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="banned_network_has_reason")
        ]

    def __str__(self) -> str:
        return self.prefix

    def clean(self) -> None:
        try:
            self.prefix = str(ip_network(self.prefix.strip(), strict=False))
        except ValueError as error:
            raise ValidationError(
                {"prefix": _("Ce n’est pas un réseau : écrivez par exemple 203.0.113.0/24.")}
            ) from error
