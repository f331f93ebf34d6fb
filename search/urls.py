from django.urls import path
from django.views.generic import RedirectView

from search import views

app_name = "search"

urlpatterns = [
    path("recherche", views.search, name="results"),
    path(
        "recherche/",
        RedirectView.as_view(pattern_name="search:results", query_string=True, permanent=True),
    ),
]
