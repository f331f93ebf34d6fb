from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from carevox import health, mails, rankings, views

ranking_urls = [
    pattern
    for slug in rankings.RANKINGS
    for pattern in (
        path(f"{slug}/", views.ranking, {"ranking": slug}, name=slug),
        path(f"{slug}/<slug:period>/", views.ranking, {"ranking": slug}, name=f"{slug}-period"),
    )
]

urlpatterns = [
    path("", views.home, name="home"),
    *ranking_urls,
    path("a-propos/<slug:slug>/", views.page, name="page"),
    path("", include("authors.urls")),
    path("compte/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.probe, name="health"),
    path("", include("comments.urls")),
    *([path("courriels/", mails.mails)] if settings.DEBUG else []),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # DEBUG only
    path("", include("articles.urls")),  # last: a section may have any other name
]
