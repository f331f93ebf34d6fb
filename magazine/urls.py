from django.urls import path, re_path
from django.views.generic import RedirectView

from lib.web.addresses import WORD
from magazine import views
from magazine.contact import contact

urlpatterns = [
    path("a-propos/contact/", contact, name="contact"),
    path("contact/", RedirectView.as_view(pattern_name="contact", permanent=True)),
    re_path(rf"^a-propos/{WORD}/$", views.page, name="page"),
]
