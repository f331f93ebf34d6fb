"""The index hears of every change to what readers may find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from articles import changes
from articles.models import Article, TaggedArticle
from authors import changes as author_changes
from authors.models import Author
from search.index import index, index_all, index_renamed
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Tag

LEFT = "articles_left"  # on a keyword that is being deleted: the ids of its published articles


@changes.published.receiver
@changes.withdrawn.receiver
@changes.text_replaced.receiver
@changes.rerendered.receiver
@changes.author_changed.receiver
def index_article(article: Article) -> None:
    index(article)


@author_changes.renamed.receiver
def index_articles_of_author(author: Author) -> None:
    index_renamed(Article.objects.published().by(author).values_list("pk", flat=True))


@taxonomy_changes.keyword_renamed.receiver
def index_articles_of_tag(tag: Tag) -> None:
    index_renamed(_published_with(tag))


@receiver(pre_delete, sender=Tag)
def remember_articles_of_tag(instance: Tag, **_: Any) -> None:
    # once the keyword is gone, nothing tells which articles had it
    vars(instance)[LEFT] = list(_published_with(instance))


@receiver(post_delete, sender=Tag)
def index_articles_left_by_tag(instance: Tag, **_: Any) -> None:
    index_all(vars(instance).pop(LEFT))


def _published_with(tag: Tag) -> Iterable[int]:
    uses = TaggedArticle.objects.filter(tag=tag, content_object__status=Article.Status.PUBLISHED)
    ids: Iterable[int] = uses.values_list("content_object_id", flat=True)
    return ids
