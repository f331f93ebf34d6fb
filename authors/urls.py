from django.urls import path, re_path

from authors import profile, views
from authors.entrance import pages
from lib.web.addresses import WORD

app_name = "authors"

urlpatterns = [
    path("compte/profil/", profile.profile, name="profile"),
    # before those of allauth, at the same addresses
    path("compte/signup/", pages.sign_up, name="sign_up"),
    path("compte/confirm-email/<str:key>/", pages.confirm_address, name="confirm_address"),
    path("compte/nouveau-lien/", pages.new_link, name="new_link"),
    path("auteurs/", views.author_index, name="index"),
    re_path(rf"^auteurs/{WORD}/$", views.author_detail, name="detail"),
]
