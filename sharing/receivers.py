"""The share picture of an article follows the words that stand on it."""

from __future__ import annotations

from articles import changes
from articles.models import Article
from sharing import pictures


@changes.published.receiver
@changes.text_replaced.receiver
@changes.author_changed.receiver
@changes.moved.receiver
def draw_share_picture(article: Article) -> None:
    if article.is_published:
        pictures.enqueue_drawing(article)


@changes.withdrawn.receiver
def remove_share_picture(article: Article) -> None:
    pictures.enqueue_removal(article)
