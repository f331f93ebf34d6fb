"""Ratings, to look at; redirects, to write."""

from __future__ import annotations

from django.contrib import admin

from articles.models import Rating, Redirect
from lib.admin import LargeAdmin, ReadOnlyAdmin


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    list_display = ["article", "reader", "value", "updated_at"]
    ordering = ["-pk"]
    list_select_related = ["article", "reader"]
    list_filter = ["value"]


@admin.register(Redirect)
class RedirectAdmin(LargeAdmin):
    list_display = ["old_path", "new_path", "is_prefix", "hits", "created_at"]
    search_fields = ["old_path", "new_path"]
    readonly_fields = ["hits", "created_at"]
