from django.urls import path

from frontpage import rankings, views

urlpatterns = [
    path("", views.home, name="home"),
    *(
        pattern
        for slug in rankings.RANKINGS
        for pattern in (
            path(f"{slug}/", views.ranking, {"ranking": slug}, name=slug),
            path(f"{slug}/<slug:period>/", views.ranking, {"ranking": slug}, name=f"{slug}-period"),
        )
    ),
]
