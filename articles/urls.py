from django.urls import path, re_path

from articles.addresses import ARTICLE, BARE_ARTICLE, BY_NUMBER
from articles.feeds.articles import AuthorFeed, SectionFeed, SiteFeed, TagFeed
from articles.feeds.notices import NoticeFeed
from articles.views import archives, corrections, pages, rating
from lib.feeds.conditional import routes
from lib.web.addresses import WORD

app_name = "articles"

urlpatterns = [
    *routes(r"^", SiteFeed),
    *routes(rf"^auteurs/{WORD}/", AuthorFeed, "author_feed"),
    *routes(rf"^mots-cles/{WORD}/", TagFeed, "tag_feed"),
    *routes(r"^avertissements/", NoticeFeed, "notice_feed"),
    *routes(r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+){0,2})/", SectionFeed, "section_feed"),
    path("archives/", archives.index, name="archives"),
    path("rectificatifs/", corrections.index, name="corrections"),
    re_path(
        r"^archives/(?P<year>[12][0-9]{3})/(?P<month>0[1-9]|1[0-2])/$", archives.month, name="month"
    ),
    re_path(rf"^mots-cles/{WORD}/$", pages.tag, name="tag"),
    re_path(rf"{ARTICLE}$", pages.article_detail, name="detail"),
    re_path(rf"{BARE_ARTICLE}$", pages.article_detail, {"slug": ""}),
    re_path(BY_NUMBER, pages.article_detail, {"slug": "", "section_path": ""}, name="by_number"),
    re_path(rf"{ARTICLE}/note/$", rating.rate, name="rate"),
    re_path(r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+){0,2})/$", pages.section, name="section"),
]
