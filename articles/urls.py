from django.urls import path, re_path

from articles.addresses import ARTICLE, BARE_ARTICLE
from articles.views import rating, reading, search

app_name = "articles"

urlpatterns = [
    path("recherche", search.search, name="search"),
    path("mots-cles/<slug:slug>/", reading.tag, name="tag"),
    re_path(rf"{ARTICLE}$", reading.article_detail, name="detail"),
    re_path(rf"{BARE_ARTICLE}$", reading.article_detail, {"slug": ""}),
    re_path(rf"{ARTICLE}/note/$", rating.rate, name="rate"),
    re_path(r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+){0,2})/$", reading.section, name="section"),
]
