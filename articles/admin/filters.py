from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from taxonomy.models import Section


class SectionFilter(admin.SimpleListFilter):
    """The tree, indented; a section stands for all that is below it too."""

    title = _("rubrique")
    parameter_name = "rubrique"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (str(section.pk), "\u2003" * (section.depth - 1) + section.name)
            for section in Section.objects.order_by("path")
        ]

    def queryset(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value()
        if not chosen or not chosen.isdecimal() or len(chosen) > 9:
            return articles
        section = Section.objects.filter(pk=int(chosen)).first()
        if section is None:
            return articles.none()
        return articles.filter(section__in=Section.objects.within(section))
