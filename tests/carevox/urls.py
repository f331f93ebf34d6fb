"""The site's addresses with those that DEBUG adds."""

from django.urls import path

from carevox import style
from carevox.urls import urlpatterns as of_the_site

urlpatterns = [path("style/", style.show, name="style"), *of_the_site]
