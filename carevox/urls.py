from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from carevox import contact, health, mails, rankings, sitemaps, style, views

handler400 = "carevox.views.bad_request"
handler429 = "carevox.views.too_many"  # asked for by allauth

ranking_urls = [
    pattern
    for slug in rankings.RANKINGS
    for pattern in (
        path(f"{slug}/", views.ranking, {"ranking": slug}, name=slug),
        path(f"{slug}/<slug:period>/", views.ranking, {"ranking": slug}, name=f"{slug}-period"),
    )
]

# Of no language: for machines, and for work on the code
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.probe, name="health"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages),
    path("sitemaps/actualites.xml", sitemaps.news),
    re_path(r"^sitemaps/(?P<kind>auteurs|mots-cles)(?:-(?P<number>[1-9][0-9]{0,3}))?\.xml$", sitemaps.people_and_words),
    re_path(r"^sitemaps/articles-(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])(?:-(?P<number>[1-9][0-9]{0,3}))?\.xml$", sitemaps.month),
    re_path(r"^sitemaps/(?P<name>[a-z0-9-]+)\.xml$", sitemaps.nowhere, name="sitemap_file"),
    *([path("courriels/", mails.mails), path("style/", style.show)] if settings.DEBUG else []),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # DEBUG only
]

# Of every language: French without a prefix, others below theirs; `reverse()` keeps the one of the page
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    *ranking_urls,
    path("a-propos/contact/", contact.contact, name="contact"),
    path("contact/", RedirectView.as_view(pattern_name="contact", permanent=True)),
    path("a-propos/<slug:slug>/", views.page, name="page"),
    path("", include("authors.urls")),
    path("compte/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("comments.urls")),
    path("", include("readings.urls")),
    path("", include("articles.urls")),  # last: a section may have any other name
    prefix_default_language=False,
)
