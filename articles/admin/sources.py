"""The sources of an article, as rows of its form; their ranks are kept from 1 on without a gap.

The rows come from the version that is edited and go into the one that is made of the form: the
table of sources has only those that readers see.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Source
from articles.revisions.sources import Row, row_of, shown_rows
from editing import conflicts

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

    former_rank: int | None = None  # given by the formset

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
        self.initial.setdefault("position", None)

    def clean_position(self) -> int:
        """Without a rank, a source comes last."""
        rank = self.cleaned_data["position"]
        return LAST if rank is None else rank

    @property
    def order_key(self) -> tuple[int, int]:
        """A source moved to a rank that is taken comes before the other when it moves up, after it
        when it moves down."""
        wanted, former = self.instance.position, self.former_rank
        if former is None or wanted == former:
            return wanted, 0
        return wanted, -1 if wanted < former else 1


class SourceFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """Every row is a new one to Django; none is read from the table or written there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        article = kwargs.get("instance")
        self.rows = rows = shown_rows(article) if article and article.pk else []
        self.known = len(rows)
        is_bound = bool(args and args[0] is not None or kwargs.get("data") is not None)
        if not is_bound:  # else a row that is sent back as it was would count as an empty one
            kwargs["initial"] = [{**row, "position": n} for n, row in enumerate(rows, 1)]
        super().__init__(*args, **{**kwargs, "queryset": Source.objects.none()})
        self.extra += self.known

    def initial_form_count(self) -> int:
        return 0

    @property
    def as_opened(self) -> str:
        """Return the mark of the sources that this page shows."""
        return conflicts.mark(_written(self.rows))

    def clean(self) -> None:
        """Let nobody overwrite sources that they have not seen."""
        opened = self.data.get(f"{self.prefix}-as_opened")
        mine = [row_of(source) for source in self.in_order()]
        if not opened or opened == self.as_opened or mine == self.rows:
            return
        raise forms.ValidationError(
            _(
                "Les sources ont été changées pendant que vous écriviez : %(theirs)s. Les vôtres "
                "sont conservées ci-dessous ; enregistrez de nouveau pour les mettre à la place."
            )
            % {"theirs": _written(self.rows) or _("aucune")}
        )

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields.pop("id", None)
        if index is not None and index < self.known:
            form.former_rank = index + 1

    def in_order(self) -> list[Source]:
        """Return the sources that stay or come, unsaved, in the order of the ranks."""
        gone = set(self.deleted_forms)
        rows = cast("list[SourceForm]", self.forms)
        kept = [form for form in rows if form.has_changed() and form not in gone]
        return [form.instance for form in sorted(kept, key=lambda form: form.order_key)]

    def save(self, commit: bool = True) -> list[Source]:
        """Write nothing: the article is saved with its sources as one version."""
        self.new_objects: list[Source] = []
        self.changed_objects: list[tuple[Source, list[str]]] = []
        self.deleted_objects: list[Source] = []
        return []


def _written(rows: list[Row]) -> str:
    return " ; ".join(", ".join(filter(None, row.values())) for row in rows)


class SourceInline(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Source
    form = SourceForm
    formset = SourceFormSet
    extra = 1
    template = "admin/articles/article/_source_rows.html"
    verbose_name_plural = _("Sources, dans l’ordre du rang")
