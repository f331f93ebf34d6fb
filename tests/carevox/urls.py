"""The site's addresses with those that DEBUG adds."""

from django.urls import path

from carevox.urls import urlpatterns as of_the_site
from demo import style

urlpatterns = [path("style/", style.show, name="style"), *of_the_site]
