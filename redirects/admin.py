from __future__ import annotations

from django.contrib import admin

from lib.admin import LargeAdmin
from redirects.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(LargeAdmin):
    list_display = ["old_path", "new_path", "is_prefix", "hits", "created_at"]
    search_fields = ["old_path", "new_path"]
    readonly_fields = ["hits", "created_at"]
