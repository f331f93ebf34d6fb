"""The card of an article follows the words that stand on it."""

from __future__ import annotations

from articles import changes
from articles.models import Article
from sharing import pictures


@changes.published.receiver
@changes.text_replaced.receiver
@changes.author_changed.receiver
@changes.moved.receiver
def draw_card(article: Article) -> None:
    if article.is_published:
        pictures.order(article)


@changes.withdrawn.receiver
def remove_card(article: Article) -> None:
    pictures.forget(article)
