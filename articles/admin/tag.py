from __future__ import annotations

from django.contrib import admin

from articles.models import Tag


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    show_full_result_count = False
    fields = ["name", "slug"]
