"""What the list and the form say of an article beside its fields."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from articles.admin.proposals import proposals
from articles.models import Article
from lib.templatetags.text_tags import one_decimal


class ArticleColumns:
    @admin.display(description=_("état"), ordering="status")
    def shown_status(self, article: Article) -> str:
        badge = '<span class="status" data-status="{}">{}</span>'
        status = format_html(badge, article.status, article.get_status_display())
        if not article.has_working_version:
            return status
        return format_html("{} " + badge, status, "OPEN", _t("nouvelle version"))

    @admin.display(description=_("proposé"))
    def shown_proposals(self, article: Article) -> str:
        """Say which card and flag the words, keywords and section propose, until both are set, and
        how to write of a sensitive subject."""
        if not article.pk:
            return _t("d’après les mots, une fois l’article enregistré")
        proposed = proposals(article, article.tags.all())
        said = [_t("carte « %(card)s »") % {"card": card} for card in proposed.left_open(article)]
        if proposed.is_sensitive and not article.is_sensitive:
            said.append(_t("sujet sensible"))
        shown = " ; ".join(said) or "–"
        if not (article.is_sensitive or proposed.is_sensitive):
            return shown
        return format_html("{}{}", shown, render_to_string("care/_guidance.html"))

    @admin.display(description=_("auteur"))
    def shown_author(self, article: Article) -> str:
        return format_html(
            '<a href="?author={}">{}</a>', article.author_id, article.author.pseudonym
        )

    @admin.display(description=_("créé le"), ordering="created_at")
    def created_on(self, article: Article) -> str:
        return _day(article.created_at)

    @admin.display(description=_("publié le"), ordering="published_at")
    def published_on(self, article: Article) -> str:
        return _day(article.published_at) if article.published_at else "–"

    @admin.display(description=_("réactions"), ordering="comments_count")
    def reactions(self, article: Article) -> int:
        return article.comments_count

    @admin.display(description=_("votes"), ordering="ratings_count")
    def votes(self, article: Article) -> int:
        return article.ratings_count

    @admin.display(description=_("note des lecteurs"))
    def shown_rating(self, article: Article) -> str:
        if not article.ratings_count:
            return _t("pas encore noté")
        return _t("%(mean)s sur 5, votes : %(n)s") % {
            "mean": one_decimal(article.average_rating),
            "n": article.ratings_count,
        }


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATE_FORMAT")
