from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from articles.admin.fields import ProseField, importmap_hash
from carevox.models import SitePage, SiteSettings
from lib.csp import allow

admin.site.login = secure_admin_login(admin.site.login)  # limits, e-mail verification and second factor are allauth's
admin.site.site_url = reverse_lazy("home")


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """One row: the list leads straight to it."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:carevox_sitesettings_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False


@admin.register(SitePage)
class SitePageAdmin(admin.ModelAdmin):
    list_display = ["title", "column", "position", "updated_at"]

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = ["js/admin/editor-label.js"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name == "body":
            return ProseField(label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, page: SitePage, form: Any, change: bool) -> None:
        page.updated_at = timezone.now()
        super().save_model(request, page, form, change)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return allow(super().changeform_view(request, *args, **kwargs), script_src=[importmap_hash()])
