"""The words by which the admin finds an article in any state, and what else changes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, pre_delete
from django.dispatch import receiver

from articles import changes
from articles.models import Article, TaggedArticle
from authors import changes as author_changes
from authors.models import Author
from finding.index import index, index_ids, register
from finding.words import names, prose
from lib.text import plain_text
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Tag

LEFT = "articles_to_reread"  # on a keyword that is being deleted: the ids of its articles
TEXTS = ["kicker", "title", "subtitle", "standfirst", "body"]


def tokens(article: Article) -> Iterator[str]:
    """Yield the tokens of what readers see or would see. One query, and one for an author who is
    not loaded."""
    keywords = [tag.name for tag in article.tags.all()]
    named = [article.title, article.author.pseudonym, str(article.pk), *keywords]
    yield from chain.from_iterable(map(names, named))
    for text in [*(getattr(article, name) for name in TEXTS[:-1]), *named]:
        yield from prose(text)
    yield from prose(plain_text(article.body))


register(Article, "b", tokens, fields=[*TEXTS, "author"], related=("author",), many=("tags",))


@changes.text_replaced.receiver
@changes.author_changed.receiver
def follow_article(article: Article) -> None:
    index(article)


@author_changes.renamed.receiver
def follow_author(author: Author) -> None:
    index_ids(Article, author.articles.values_list("pk", flat=True))


@taxonomy_changes.keyword_renamed.receiver
def follow_keyword(tag: Tag) -> None:
    index_ids(Article, _articles_with(tag))


@receiver(m2m_changed, sender=TaggedArticle)
def follow_keywords(instance: Article, action: str, **_: Any) -> None:
    if action.startswith("post_"):
        index(instance)


@receiver(pre_delete, sender=Tag)
def remember_articles(instance: Tag, **_: Any) -> None:
    # once the keyword is gone, nothing tells which articles had it
    vars(instance)[LEFT] = list(_articles_with(instance))


@receiver(post_delete, sender=Tag)
def follow_lost_keyword(instance: Tag, **_: Any) -> None:
    index_ids(Article, vars(instance).pop(LEFT))


def _articles_with(tag: Tag) -> Iterable[int]:
    ids: Iterable[int] = tag.uses.values_list("content_object_id", flat=True)
    return ids
