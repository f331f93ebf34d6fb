from django.urls import path

from authors import profile, views

app_name = "authors"

urlpatterns = [
    path("compte/profil/", profile.profile, name="profile"),
    path("auteurs/", views.author_index, name="index"),
    path("auteurs/<slug:slug>/", views.author_detail, name="detail"),
]
