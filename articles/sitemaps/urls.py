from django.urls import path, re_path

from articles.sitemaps import views

NUMBER = r"(?:-(?P<number>[1-9][0-9]{0,3}))?"

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.index, name="sitemap"),
    path("sitemaps/pages.xml", views.pages),
    path("sitemaps/actualites.xml", views.news),
    re_path(rf"^sitemaps/(?P<kind>auteurs|mots-cles){NUMBER}\.xml$", views.people_and_words),
    re_path(
        rf"^sitemaps/articles-(?P<year>[12][0-9]{{3}})-(?P<month>0[1-9]|1[0-2]){NUMBER}\.xml$",
        views.month,
    ),
    re_path(r"^sitemaps/(?P<name>[a-z0-9-]+)\.xml$", views.nowhere, name="sitemap_file"),
]
