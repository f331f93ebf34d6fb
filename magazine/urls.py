from django.urls import path
from django.views.generic import RedirectView

from magazine import views
from magazine.contact import contact

urlpatterns = [
    path("a-propos/contact/", contact, name="contact"),
    path("contact/", RedirectView.as_view(pattern_name="contact", permanent=True)),
    path("a-propos/<slug:slug>/", views.page, name="page"),
]
