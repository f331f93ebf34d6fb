"""The card of an article follows the words that stand on it."""

from __future__ import annotations

from articles import changes
from articles.models import Article
from authors import changes as author_changes
from authors.models import Author
from sharing import pictures
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Section


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


@author_changes.renamed.receiver
def draw_cards_of(author: Author) -> None:
    pictures.order_if_few(Article.objects.published().by(author))


@taxonomy_changes.section_renamed.receiver
def draw_cards_in(section: Section) -> None:
    pictures.order_if_few(Article.objects.published().filter(section=section))
