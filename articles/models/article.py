from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.care import WithCare
from articles.models.picture_use import PictureUse
from articles.models.tagged_article import TaggedArticle
from articles.models.text_link import WithLinks, keep
from articles.models.versioned import VERSIONS_ARE_ORDERED, WAITING, Versioned
from articles.rendering import render
from authors.models import Author
from lib.counting import ProtectedFields, mean
from lib.decisions import HasDecisions, HasDecisionsQuerySet
from lib.fields import CleanHTMLField, LineField, PlainTextField, only
from lib.html.policy import clean_html
from lib.html.tree import image_addresses
from lib.text import slugify_words
from lib.web.addresses import address
from pictures.models import Picture
from taxonomy.models.section import Section

DERIVED_FROM_BODY = ("body_html", "headings", "words_count")


class ArticleQuerySet(HasDecisionsQuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        return self.filter(status=Article.Status.PUBLISHED)

    def withdrawn(self) -> ArticleQuerySet:
        return self.filter(status=Article.Status.WITHDRAWN)

    def recent(self) -> ArticleQuerySet:
        return self.order_by("-published_at", "-id")

    def by(self, author: Author) -> ArticleQuerySet:
        return self.filter(author=author)

    def corrected(self) -> ArticleQuerySet:
        """Return those whose text changed after publication, the latest change first."""
        return self.filter(modified_at__isnull=False).order_by("-modified_at", "-id")

    def in_section(self, section: Section) -> ArticleQuerySet:
        """Return those of the section and of its descendants."""
        return self.filter(section__in=Section.objects.within(section))

    def for_page(self) -> ArticleQuerySet:
        return self.select_related(
            "author", "section", "lead_image", "share_picture", "care_card"
        ).defer("body")

    def for_lists(self) -> ArticleQuerySet:
        """Return what a teaser shows, without the text."""
        return self.select_related("author", "section", "lead_image").defer(
            *("body", "body_html", "headings"),
            *("author__biography", "author__signature", "section__description"),
        )

    def for_results(self) -> ArticleQuerySet:
        """Return what a result of the search shows: a teaser without its picture, and the text
        that the extract is taken from."""
        return self.select_related("author", "section").only(
            *(
                "slug",
                "title",
                "standfirst",
                "body_html",
                "published_at",
                "ratings_count",
                "ratings_sum",
                "comments_count",
                "is_sensitive",
                "has_notice",
            ),
            *("author__pseudonym", "section__name", "section__path", "section__colour"),
        )


class Article(WithCare, WithLinks, Versioned, HasDecisions, ProtectedFields):  # type: ignore[django-manager-missing]  # taggit's
    """One text. Its status changes only through `articles/publishing/`, which keeps the log of
    decisions and the counters right.

    The text proper, what is compared, copied and hashed, is `TEXT_FIELDS` with tags and sources
    (`articles/revisions/versions.py`). The slug is made at first publication and then stays. `body`
    is what was typed; `body_html`, `headings`, `words_count`, `text_pictures` and `linked_articles`
    are derived from it by `articles/rendering/` each time it is saved.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("en rédaction")
        SUBMITTED = "SUBMITTED", _("proposé")
        PUBLISHED = "PUBLISHED", _("publié")
        REJECTED = "REJECTED", _("refusé")
        WITHDRAWN = "WITHDRAWN", _("retiré")

    class InterestDeclaration(models.TextChoices):
        UNSTATED = "UNSTATED", _("pas de déclaration")
        NONE = "NONE", _("aucun lien d’intérêts")
        DECLARED = "DECLARED", _("liens déclarés")

    TEXT_FIELDS = (
        "kicker",
        "title",
        "subtitle",
        "standfirst",
        "body",
        "signature",
        "lead_caption",
        "interests",
        "interests_detail",
    )

    PROTECTED_FIELDS = (
        "status",
        "published_at",
        "slug",
        "ratings_count",
        "ratings_sum",
        "comments_count",
        "readings_count",
        "has_notice",
        *Versioned.VERSION_FIELDS,
        "told_corrections",
    )

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="articles", verbose_name=_("rubrique")
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="articles", verbose_name=_("auteur")
    )
    slug = models.SlugField(_("mots de l’adresse"), max_length=60, blank=True)

    kicker = LineField(_("surtitre"), max_length=120, blank=True)
    title = LineField(_("titre"), max_length=250)
    subtitle = LineField(_("sous-titre"), max_length=250, blank=True)
    standfirst = PlainTextField(
        _("chapô"),
        max_length=1500,
        blank=True,
        help_text=_("Deux ou trois phrases qui disent l’essentiel."),
    )
    body = CleanHTMLField(_("texte"), blank=True)
    signature = LineField(
        _("signature"),
        max_length=300,
        blank=True,
        help_text=_("La dernière ligne, signée par l’auteur."),
    )
    lead_image = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles_headed",
        verbose_name=_("image de tête"),
    )
    lead_caption = LineField(_("légende"), max_length=300, blank=True)
    tags = TaggableManager(_("mots-clés"), through=TaggedArticle, blank=True)
    interests = models.CharField(
        _("liens d’intérêts"),
        max_length=10,
        choices=InterestDeclaration,
        default=InterestDeclaration.UNSTATED,
    )
    interests_detail = LineField(_("lesquels"), max_length=500, blank=True)

    status = models.CharField(
        _("état"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True, editable=False)
    modified_at = models.DateTimeField(
        _("modifié le"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Dernier changement du texte après publication."),
    )
    updated_at = models.DateTimeField(_("enregistré le"), auto_now=True)
    comments_open = models.BooleanField(_("réactions ouvertes"), default=True)
    legacy_id = models.CharField(
        _("ancien identifiant"), max_length=100, blank=True, editable=False
    )

    text_pictures = models.ManyToManyField(
        Picture, through=PictureUse, related_name="articles", editable=False
    )
    body_html = models.TextField(editable=False, blank=True)
    headings = models.JSONField(editable=False, default=list)
    words_count = models.PositiveIntegerField(_("mots"), default=0, editable=False)

    ratings_count = models.PositiveIntegerField(_("votes"), default=0, editable=False)
    ratings_sum = models.PositiveIntegerField(_("somme des votes"), default=0, editable=False)
    comments_count = models.PositiveIntegerField(_("réactions visibles"), default=0, editable=False)
    readings_count = models.PositiveIntegerField(_("lectures"), default=0, editable=False)
    has_notice = models.BooleanField(_("avertissement affiché"), default=False, editable=False)

    feed_content: str  # given by articles.feeds
    preview_context: dict[str, Any]  # given by articles.admin, to the form that is only shown

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at", "-id"]
        permissions = [("publish_article", _("Peut publier et retirer des articles"))]
        constraints = [
            VERSIONS_ARE_ORDERED,
            only(
                "status",
                ("DRAFT", "SUBMITTED", "PUBLISHED", "REJECTED", "WITHDRAWN"),
                name="article_status_is_known",
            ),
            only("interests", ("UNSTATED", "NONE", "DECLARED"), name="article_interests_are_known"),
            models.UniqueConstraint(
                fields=["legacy_id"], condition=~Q(legacy_id=""), name="article_legacy_id_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="PUBLISHED") | Q(published_at__isnull=False),
                name="published_article_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="PUBLISHED") | ~Q(slug=""), name="published_article_has_slug"
            ),
            models.CheckConstraint(
                condition=~Q(interests="DECLARED") | ~Q(interests_detail=""),
                name="declared_interests_are_named",
                violation_error_message=_("Dites quels liens d’intérêts sont déclarés."),
            ),
            models.CheckConstraint(
                condition=Q(
                    ratings_sum__gte=F("ratings_count"), ratings_sum__lte=5 * F("ratings_count")
                ),
                name="article_ratings_from_1_to_5",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="article_latest",
                condition=Q(status="PUBLISHED"),
            ),  # home
            models.Index(
                fields=["section", "-published_at", "-id"],
                name="article_of_section",
                condition=Q(status="PUBLISHED"),
            ),  # section page
            models.Index(
                fields=["author", "-published_at", "-id"],
                name="article_of_author",
                condition=Q(status="PUBLISHED"),
            ),  # author page
            models.Index(fields=["-created_at", "-id"], name="article_newest"),  # admin list
            WAITING,
            models.Index(
                fields=["-modified_at", "-id"],
                name="article_corrected",
                condition=Q(status="PUBLISHED", modified_at__isnull=False),
            ),  # feeds
            # admin list, filtered; an index for each status, so that it never reads through the
            # published ones, which are many
            *(
                models.Index(
                    fields=["-created_at", "-id"],
                    name=f"article_{status.lower()}",
                    condition=Q(status=status),
                )
                for status in ("DRAFT", "SUBMITTED", "REJECTED", "WITHDRAWN")
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        """Return the canonical address; reads the section."""
        return address(
            "articles:detail", self.section.path, self.slug or self.slug_from_title(), self.pk
        )

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def changed_at(self) -> datetime | None:
        """Return when the public text last changed: its correction, else its publication."""
        return self.modified_at or self.published_at

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return the headings of the contents: those of the second level, in order."""
        return [heading for heading in self.headings if heading["level"] == 2]

    @property
    def average_rating(self) -> Decimal | None:
        """Return the mean of the readers' ratings, 1 to 5; None before the first one."""
        return mean(self.ratings_sum, self.ratings_count)

    @property
    def accepts_comments(self) -> bool:
        return self.is_published and self.comments_open

    @property
    def accepts_ratings(self) -> bool:
        return self.is_published and not self.is_sensitive

    def slug_from_title(self) -> str:
        return slugify_words(self.title, fallback="article")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; with a text also what is derived from it and which pictures it shows."""
        fields = kwargs.get("update_fields")
        if fields is not None and "body" not in fields:
            super().save(*args, **kwargs)
            return
        is_new = self._state.adding
        pictures = self.render_body()
        if fields is not None:
            kwargs["update_fields"] = {*fields, *DERIVED_FROM_BODY}
        with transaction.atomic():
            super().save(*args, **kwargs)
            keep(self.text_pictures, pictures, is_new=is_new)
            keep(self.linked_articles, self.link_targets, is_new=is_new)

    def render_body(self) -> list[Picture]:
        """Derive what the page shows from the text; return the pictures of the library in it.

        One query if the text has pictures, one if it leads to articles. Nothing is written.
        """
        self.body = clean_html(self.body)
        pictures = Picture.objects.by_address(image_addresses(self.body))
        rendered = render(self.body, pictures, self.link_addresses())
        self.body_html, self.headings, self.words_count = (
            rendered.html,
            rendered.headings,
            rendered.words,
        )
        return list(pictures.values())
