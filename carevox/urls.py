from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from carevox import health

handler400 = "carevox.error_pages.bad_request"
handler500 = "carevox.failures.server_error"
handler429 = "carevox.error_pages.too_many"  # asked for by allauth

# Of no language: for machines, and for work on the code
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.probe, name="health"),
    path("", include("articles.sitemaps.urls")),
    *([path("", include("demo.urls"))] if settings.DEBUG else []),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # DEBUG only
]

# Of every language: French without a prefix, others below theirs; `reverse()` keeps the page's own
urlpatterns += i18n_patterns(
    path("", include("frontpage.urls")),
    path("", include("magazine.urls")),
    path("", include("care.urls")),
    path("", include("search.urls")),
    path("", include("authors.urls")),
    path("compte/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("comments.urls")),
    path("", include("readings.urls")),
    path("", include("articles.urls")),  # last: a section may have any other name
    prefix_default_language=False,
)
