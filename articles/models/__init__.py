from articles.models.article import Article, ArticleQuerySet
from articles.models.correction import Correction
from articles.models.decision import ArticleDecision
from articles.models.notice import UrgentNotice
from articles.models.picture_use import PictureUse
from articles.models.rating import Rating
from articles.models.revision import Revision
from articles.models.source import Source
from articles.models.tagged_article import TaggedArticle
from articles.models.text_link import TextLink

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleDecision",
    "Correction",
    "PictureUse",
    "Rating",
    "Revision",
    "Source",
    "TaggedArticle",
    "TextLink",
    "UrgentNotice",
]
