"""The share picture of an article follows the words that stand on it."""

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
def draw_share_picture(article: Article) -> None:
    if article.is_published:
        pictures.enqueue_drawing(article)


@changes.withdrawn.receiver
def remove_share_picture(article: Article) -> None:
    pictures.enqueue_removal(article)


@author_changes.renamed.receiver
def draw_share_pictures_of(author: Author) -> None:
    pictures.enqueue_drawing_if_few(Article.objects.published().by(author))


@taxonomy_changes.section_renamed.receiver
def draw_share_pictures_in(section: Section) -> None:
    pictures.enqueue_drawing_if_few(Article.objects.published().filter(section=section))
