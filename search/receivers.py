"""The index hears of every change to what readers may find."""

from __future__ import annotations

from articles import changes
from articles.models import Article
from search.index import index, index_all


@changes.published.receiver
@changes.withdrawn.receiver
@changes.text_replaced.receiver
@changes.rerendered.receiver
@changes.moved.receiver
@changes.author_changed.receiver
def index_article(article: Article) -> None:
    index(article)


@changes.names_changed.receiver
def index_articles(ids: list[int]) -> None:
    index_all(ids)
