from __future__ import annotations

from django.contrib import admin

from articles.models import Rating
from lib.admin import ReadOnlyAdmin


@admin.register(Rating)
class RatingAdmin(ReadOnlyAdmin):
    list_display = ["article", "reader", "value", "updated_at"]
    ordering = ["-pk"]
    list_select_related = ["article", "reader"]
    list_filter = ["value"]
