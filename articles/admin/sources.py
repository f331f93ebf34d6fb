"""The sources of an article, as rows of its form; their ranks are kept from 1 on without a gap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Source

LAST = 32_767


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    position = forms.IntegerField(
        label=_("Rang"),
        required=False,
        min_value=0,
        max_value=LAST,
        widget=forms.NumberInput(attrs={"min": 0}),
    )

    class Meta:
        model = Source
        fields = ["position", "title", "publisher", "url", "published_on", "accessed_on"]
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "publisher": forms.TextInput(attrs={"class": "vTextField"}),
            "url": forms.URLInput(attrs={"class": "vURLField"}),
            "published_on": date_input(),
            "accessed_on": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["position"] = None

    def clean_position(self) -> int:
        """Without a rank, a source comes last."""
        rank = self.cleaned_data["position"]
        return LAST if rank is None else rank


class SourceFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    def save(self, commit: bool = True) -> list[Source]:
        saved = super().save(commit)
        if commit:
            self._number()
        return saved

    def in_order(self) -> list[Source]:
        """Return the sources that stay or come, in the order of the ranks that were asked."""
        gone = set(self.deleted_forms)
        kept = [form for form in self.forms if form.instance.pk or form.has_changed()]
        return [form.instance for form in sorted(kept, key=self._order_key) if form not in gone]

    def _number(self) -> None:
        for rank, source in enumerate(self.in_order(), 1):
            if source.position != rank:
                source.position = rank
                source.save(update_fields=["position"])

    @staticmethod
    def _order_key(form: forms.ModelForm[Source]) -> tuple[int, int]:
        """A source moved to a rank that is taken comes before the other when it moves up, after it
        when it moves down."""
        wanted, former = form.instance.position, form.initial.get("position")
        if former is None or wanted == former:
            return wanted, 0
        return wanted, -1 if wanted < former else 1


class SourceInline(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Source
    form = SourceForm
    formset = SourceFormSet
    extra = 1
    template = "admin/articles/article/_source_rows.html"
    verbose_name_plural = _("Sources, dans l’ordre du rang")
