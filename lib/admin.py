"""What the admin pages of several apps share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Counts no further than editors leaf.

    To know that a list has a million rows costs reading a million rows.
    """

    LIMIT = 10_000

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.LIMIT)

    @property
    def is_bounded(self) -> bool:
        return self._counted > self.LIMIT

    @cached_property
    def _counted(self) -> int:
        rows = cast("models.QuerySet[models.Model]", self.object_list)
        return rows.order_by()[: self.LIMIT + 1].count()


class TypedChoice(AutocompleteSelect):
    """A row found by typing.

    An answer that is no row's number chooses nothing, where Django's own asks the database for it
    and fails.
    """

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(
            name,
            [one for one in value if one.isascii() and one.isdecimal() and len(one) < 19],
            attr,
        )


class TypedChoiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """`autocomplete_fields` whose form comes back whatever was sent."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            typed = TypedChoice(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs.setdefault("widget", typed)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SpokenFieldsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Fields that Django gives no label, in the rows of a list and for a date with its time, tell
    their names to who cannot see where they stand."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, AdminSplitDateTime):
            for part, said in zip(field.widget.widgets, (_("date"), _("heure")), strict=True):
                part.attrs["aria-label"] = f"{capfirst(field.label)}, {said}"
        return field

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        formset = super().get_changelist_formset(request, **kwargs)
        for field in formset.form.base_fields.values():
            if not isinstance(field.widget, AdminSplitDateTime):
                field.widget.attrs["aria-label"] = capfirst(field.label)
        return formset


def empty_or_not(
    title: str | Promise, empty: str | Promise, filled: str | Promise
) -> type[admin.FieldListFilter]:
    """Return the filter by a field that is empty or not, said in words of what that means."""

    class Said(admin.EmptyFieldListFilter):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = str(title)

        def choices(self, changelist: Any) -> Iterator[Any]:
            for choice, words in zip(
                super().choices(changelist), (None, empty, filled), strict=True
            ):
                yield {**choice, "display": words or choice["display"]}

    return Said


class LargeAdmin(TypedChoiceAdmin):
    """A list that costs the same however many rows there are."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50


class ReadOnlyAdmin(LargeAdmin):
    """Rows that are looked at, and written by operations elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    template = "admin/_record.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
