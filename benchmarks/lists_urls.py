"""The site's addresses and a view that does nothing, to compare with."""

from django.urls import include, path

from benchmarks.lists import bare

urlpatterns = [path("bare/", bare), path("", include("carevox.urls"))]
