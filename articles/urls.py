from django.urls import path, re_path

from articles.addresses import ARTICLE, BARE_ARTICLE
from articles.views import archives, rating, reading

app_name = "articles"

urlpatterns = [
    path("archives/", archives.index, name="archives"),
    re_path(r"^archives/(?P<year>[12][0-9]{3})/(?P<month>0[1-9]|1[0-2])/$", archives.month, name="month"),
    path("mots-cles/<slug:slug>/", reading.tag, name="tag"),
    re_path(rf"{ARTICLE}$", reading.article_detail, name="detail"),
    re_path(rf"{BARE_ARTICLE}$", reading.article_detail, {"slug": ""}),
    re_path(rf"{ARTICLE}/note/$", rating.rate, name="rate"),
    re_path(r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+){0,2})/$", reading.section, name="section"),
]
