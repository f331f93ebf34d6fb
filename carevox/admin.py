"""The admin's own door: limits, e-mail verification and second factor are allauth's."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import reverse_lazy

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_url = reverse_lazy("home")
