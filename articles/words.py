"""The words by which the admin finds an article in any state, and what else changes them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from articles import changes
from articles.models import Article, TaggedArticle
from finding.index import index, index_ids, register
from finding.words import names, prose
from lib.text import plain_text

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


@changes.names_changed.receiver
def follow_names(ids: list[int]) -> None:
    index_ids(Article, ids)


@receiver(m2m_changed, sender=TaggedArticle)
def follow_keywords(instance: Article, action: str, **_: Any) -> None:
    if action.startswith("post_"):
        index(instance)
