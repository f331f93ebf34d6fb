from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, PictureUse, Source, TaggedArticle
from articles.models.versioned import WAITS
from authors.models import Author
from finding import index
from finding.filters import DaysFilter, WordsFilter
from taxonomy.models import Section, Tag


class SectionFilter(admin.SimpleListFilter):
    """The tree, indented; a section stands for all that is below it too."""

    title = _("rubrique")
    parameter_name = "rubrique"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (str(section.pk), "\u2003" * (section.depth - 1) + section.name)
            for section in Section.objects.order_by("path")
        ]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value()
        if not chosen or not chosen.isdecimal() or len(chosen) > 9:
            return articles
        section = Section.objects.filter(pk=int(chosen)).first()
        if section is None:
            return articles.none()
        return articles.filter(section__in=Section.objects.within(section))


class AuthorFilter(WordsFilter):
    """The texts of whoever the words name, without accents as with them."""

    title = _("auteur")
    parameter_name = "auteur"

    def found(self, typed: str, rows: QuerySet[Article]) -> QuerySet[Article]:
        ids = index.found(Author, typed)
        return rows.none() if ids is None else rows.filter(author__in=ids)


class KeywordFilter(WordsFilter):
    title = _("mot-clé")
    parameter_name = "mot-cle"

    def found(self, typed: str, rows: QuerySet[Article]) -> QuerySet[Article]:
        tags = Tag.objects.beginning_like(typed).order_by().values("pk")
        uses = TaggedArticle.objects.filter(tag__in=tags).values("content_object")
        return rows.filter(pk__in=uses)


class PublishedFilter(DaysFilter):
    title = _("publié")
    column = "published_at"


class VersionFilter(admin.SimpleListFilter):
    title = _("version")
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("en-attente", _("pas encore en ligne"))]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        return articles.filter(WAITS) if self.value() == "en-attente" else articles


class GapFilter(admin.SimpleListFilter):
    """What readers would miss in an article."""

    title = _("il manque")
    parameter_name = "manque"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("image", _("une image")),
            ("source", _("une source")),
            ("interets", _("la déclaration d’intérêts")),
            ("texte", _("le texte de remplacement d’une image")),
        ]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        lacks = GAPS.get(self.value() or "")
        return articles.filter(lacks) if lacks else articles


GAPS: dict[str, Any] = {
    "image": Q(lead_image=None),
    "source": ~Exists(Source.objects.filter(article=OuterRef("pk"))),
    "interets": Q(interests=Article.InterestDeclaration.UNSTATED),
    "texte": Q(lead_image__alt="")
    | Q(Exists(PictureUse.objects.filter(article=OuterRef("pk"), picture__alt=""))),
}
TYPED = (AuthorFilter, KeywordFilter, PublishedFilter)
