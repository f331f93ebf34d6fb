"""The site, and beside it the bare view that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from carevox.urls import handler400
from carevox.urls import urlpatterns as site_urls

__all__ = ["handler400"]


def bare(request: HttpRequest) -> HttpResponse:
    """Cross every middleware, ask no database, render nothing."""
    return HttpResponse("ok")


urlpatterns = [path("bare", bare), *site_urls]
