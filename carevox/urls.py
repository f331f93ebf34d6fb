from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from carevox import health, mails, style, views

# Of no language: for machines, and for work on the code
urlpatterns = [
    path("healthz", health.probe, name="health"),
    *([path("courriels/", mails.mails), path("style/", style.show)] if settings.DEBUG else []),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # DEBUG only
]

# Of every language: French without a prefix, others below theirs; `reverse()` keeps the one of the page
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("a-propos/<slug:slug>/", views.page, name="page"),
    path("", include("authors.urls")),
    path("compte/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("comments.urls")),
    path("", include("articles.urls")),  # last: a section may have any other name
    prefix_default_language=False,
)
