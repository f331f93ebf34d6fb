"""A copy of an article to begin another one with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article
from articles.revisions import versions
from articles.revisions.sources import shown_rows, write_sources
from taxonomy.models import Tag

if TYPE_CHECKING:
    from authors.models import User

LONGEST = 240  # characters of a title that leave room for the word behind them
PLACE = ("section_id", "author_id", "lead_image_id")
CARE = ("care_card_id", "is_sensitive", "is_help", "comments_open")


def duplicate(article: Article, *, actor: User | None) -> Article:
    """Return a new draft with the text, picture, keywords and sources that were saved last of the
    article.

    Its address, dates, figures, decisions and warnings are its own; its first version names what
    it was copied from.
    """
    versions.load_working(article)
    copied = (*(name for name in Article.TEXT_FIELDS if name != "title"), *PLACE, *CARE)
    with transaction.atomic():
        copy = Article(**{name: getattr(article, name) for name in copied})
        copy.title = _("%(title)s (copie)") % {"title": article.title[:LONGEST]}
        copy.save()
        copy.tags.set(Tag.objects.named(versions.shown_tags(article)))
        write_sources(copy, shown_rows(article))
        note = _("Copie de l’article %(n)s") % {"n": article.pk}
        versions.record(copy, actor=actor, note=note)
    return copy
