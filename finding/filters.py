"""Filters of the admin lists whose value is typed: a name, two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 100  # characters; what comes after is not read


class TypedFilter(admin.ListFilter):
    """One field or several in place of a link for each value that there is."""

    template = "admin/typed_filter.html"
    fields: dict[str, tuple[str | Promise, str]]  # parameter -> label, type of the field

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.fields:
            if typed := params.pop(name, [""])[-1].strip()[:LONGEST]:
                self.used_parameters[name] = typed

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.fields)

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        for name, (label, kind) in self.fields.items():
            value = self.used_parameters.get(name, "")
            yield {"name": name, "label": label, "type": kind, "value": value}

    def others(self) -> list[tuple[str, str]]:
        """Return what else the list is asked for, but its page."""
        left_out = {*self.fields, "p"}
        return [(n, str(v)) for n, v in self.request.GET.items() if n not in left_out]


class WordsFilter(TypedFilter):
    """Rows that the typed words find; `found` says how."""

    parameter_name: str

    @property
    def fields(self) -> dict[str, tuple[str | Promise, str]]:  # type: ignore[override]  # made of two
        return {self.parameter_name: (self.title or "", "search")}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        typed = str(self.used_parameters.get(self.parameter_name, ""))
        return self.found(typed, queryset) if typed else queryset

    def found(self, typed: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        raise NotImplementedError


class DaysFilter(TypedFilter):
    """Rows whose moment in `column` lies between two days, both included.

    What is no day asks for nothing.
    """

    column: str
    fields = {"du": (_("du"), "date"), "au": (_("au"), "date")}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, comparison in (("du", "gte"), ("au", "lte")):
            if day := _day(str(self.used_parameters.get(name, ""))):
                queryset = queryset.filter(**{f"{self.column}__date__{comparison}": day})
        return queryset


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # the 31st of February
        return None
