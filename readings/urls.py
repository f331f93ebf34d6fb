from django.urls import path

from readings.beacon import views

app_name = "readings"

urlpatterns = [path("lectures/", views.record, name="record")]
