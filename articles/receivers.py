"""Articles follow the pictures in their texts, the articles that these lead to, and the names that
stand on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from articles import changes
from articles.models import Article
from articles.rerender import derive, derive_linking
from authors import changes as author_changes
from authors.models import Author
from pictures import changes as picture_changes
from pictures.models import Picture
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Tag

LEFT = "articles_left"  # on keywords that are being deleted: the ids of their articles


@picture_changes.redrawn.receiver
def rerender_texts(picture: Picture) -> None:
    for article in picture.articles.all():
        derive(article)


@changes.published.receiver
@changes.moved.receiver
def rerender_linking_texts(article: Article) -> None:
    derive_linking(article)


@author_changes.renamed.receiver
def follow_author(author: Author) -> None:
    changes.announce_names(author.articles.values_list("pk", flat=True))


@taxonomy_changes.keyword_renamed.receiver
def follow_keyword(tag: Tag) -> None:
    changes.announce_names(_articles_with(tag))


@receiver(pre_delete, sender=Tag)
def remember_articles(instance: Tag, origin: Any, **_: Any) -> None:
    # once the keyword is gone, nothing tells which articles had it; `origin` is the keyword or the
    # query whose keywords go together
    vars(origin).setdefault(LEFT, set()).update(_articles_with(instance))


@receiver(post_delete, sender=Tag)
def follow_lost_keywords(origin: Any, **_: Any) -> None:
    changes.announce_names(vars(origin).pop(LEFT, ()))


def _articles_with(tag: Tag) -> Iterable[int]:
    ids: Iterable[int] = tag.uses.values_list("content_object_id", flat=True)
    return ids
