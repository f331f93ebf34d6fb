"""The index hears of every change to what readers may find."""

from __future__ import annotations

from articles import changes
from articles.models import Article
from authors import changes as author_changes
from authors.models import Author
from search.index import index, index_new_name, uses
from taxonomy import changes as taxonomy_changes
from taxonomy.models import Tag


@changes.published.receiver
@changes.withdrawn.receiver
@changes.text_replaced.receiver
@changes.rerendered.receiver
@changes.author_changed.receiver
def index_article(article: Article) -> None:
    index(article)


@author_changes.renamed.receiver
def index_articles_of(author: Author) -> None:
    index_new_name(Article.objects.published().by(author).values_list("pk", flat=True))


@taxonomy_changes.keyword_renamed.receiver
def index_articles_with(tag: Tag) -> None:
    index_new_name(uses(tag))
