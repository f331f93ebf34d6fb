from articles.models.article import Article, ArticleQuerySet
from articles.models.decision import ArticleDecision
from articles.models.rating import Rating
from articles.models.revision import Revision
from articles.models.source import Source
from articles.models.tagged_article import TaggedArticle

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleDecision",
    "Rating",
    "Revision",
    "Source",
    "TaggedArticle",
]
