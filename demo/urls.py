from django.urls import path

from demo import mails, style

urlpatterns = [path("courriels/", mails.mails), path("style/", style.show)]
