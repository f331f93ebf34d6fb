"""The least that Django can do: no middleware, one view. What a reading costs is told beside it."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204 if request.method == "GET" or request.POST else 400)


urlpatterns = [path("lectures/", nothing), path("healthz", nothing)]
settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare", MIDDLEWARE=[], USE_TZ=True
)
application = get_wsgi_application()
