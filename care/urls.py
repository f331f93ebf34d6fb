from django.urls import path

from care import views

app_name = "care"

urlpatterns = [path("trouver-de-l-aide/", views.help_page, name="help")]
