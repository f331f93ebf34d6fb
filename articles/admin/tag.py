from __future__ import annotations

from django.contrib import admin

from articles.models import Tag
from lib.admin import LargeAdmin


@admin.register(Tag)
class TagAdmin(LargeAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug"]
