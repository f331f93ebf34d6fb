from articles.models.article import Article, ArticleQuerySet
from articles.models.care_card import CareCard
from articles.models.decision import Decision
from articles.models.picture import Picture
from articles.models.rating import Rating
from articles.models.redirect import Redirect
from articles.models.revision import Revision
from articles.models.search import SearchEntry, SearchWord
from articles.models.section import Section
from articles.models.share_picture import SharePicture
from articles.models.source import Source
from articles.models.tag import Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleQuerySet",
    "CareCard",
    "Decision",
    "Picture",
    "Rating",
    "Redirect",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Section",
    "SharePicture",
    "Source",
    "Tag",
    "TaggedArticle",
]
