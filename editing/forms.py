"""A form that does not overwrite what somebody else has saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from editing import conflicts
from editing.conflicts import Conflict

if TYPE_CHECKING:
    from django.http import QueryDict

MARKS = "as_opened"
CHOICE = "keep-"  # before the name of a field: "mine" or "theirs"
MINE, THEIRS = "mine", "theirs"


class MarksField(forms.CharField):
    """What a form carries of the row as it was opened; no part of the row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.HiddenInput, **kwargs})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class GuardedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Its instance is the row as it is now, locked while the form is judged.

    `conflicts`: after a form was judged, what another has changed since it was opened. The form
    then comes back: a field that was not touched here shows what the other has saved, of one that
    both have changed the editor chooses.
    """

    as_opened = MarksField()
    conflicts: list[Conflict]
    UNGUARDED = frozenset([MARKS])  # fields that are no part of the row

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = []
        if not self.instance.pk:
            return
        self.initial[MARKS] = conflicts.marks(self._now())
        if self.is_bound:
            self._take_theirs()

    def _now(self) -> dict[str, Any]:
        return {
            name: self.initial.get(name, field.initial)
            for name, field in self.fields.items()
            if name not in self.UNGUARDED
        }

    def _take_theirs(self) -> None:
        """Put in what another has saved, where the editor has chosen that."""
        chosen = [
            name
            for name in self._now()
            if self.data.get(f"{CHOICE}{self.add_prefix(name)}") == THEIRS
        ]
        if chosen:
            self.data, self.files = cast("QueryDict", self.data).copy(), self.files.copy()
            for name in chosen:
                self._put(name, self.initial.get(name))
                self.files.pop(self.add_prefix(name), None)

    def _put(self, name: str, value: Any) -> None:
        """Make the value what the form has been sent for this field."""
        data, sent = cast("QueryDict", self.data), self.add_prefix(name)
        widget = self.fields[name].widget
        value = self.fields[name].prepare_value(value)
        if isinstance(widget, forms.MultiWidget):
            for n, part in enumerate(widget.decompress(value) or []):
                data[f"{sent}_{n}"] = "" if part is None else str(part)
        elif isinstance(widget, forms.CheckboxInput):
            data.pop(sent, None)
            if value:
                data[sent] = "on"
        elif isinstance(widget, forms.SelectMultiple):
            data.setlist(sent, [str(getattr(one, "pk", one)) for one in value or []])
        else:
            data[sent] = "" if value is None else str(widget.format_value(value) or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.pk and (opened := conflicts.read_marks(data.get(MARKS) or "")):
            self._look_for_conflicts(opened, data)
        return data

    def _look_for_conflicts(self, opened: Mapping[str, str], data: dict[str, Any]) -> None:
        labels = {name: str(field.label or name) for name, field in self.fields.items()}
        found = conflicts.find(opened, now=self._now(), mine=data, labels=labels)
        self.conflicts = [one for one in found if not self._is_chosen(one)]
        if not self.conflicts:
            return
        self.data = cast("QueryDict", self.data).copy()
        for one in self.conflicts:
            if not one.is_both:
                self._put(one.name, self.initial.get(one.name))
        # what is still to be chosen, and what could not be judged
        kept = {one.name for one in self.conflicts if one.is_both} | (opened.keys() - data.keys())
        still = {name: opened[name] for name in kept}
        self.data[self.add_prefix(MARKS)] = conflicts.marks(self._now(), still)
        raise ValidationError(
            _(
                "Ce texte a été enregistré ailleurs pendant que vous écriviez. Rien n’est perdu, "
                "rien n’a été remplacé : voyez ci-dessous ce qui a changé, choisissez, puis "
                "enregistrez."
            ),
            code="conflict",
        )

    def _is_chosen(self, one: Conflict) -> bool:
        return self.data.get(self._choice(one.name)) == f"{MINE}-{one.mark}"

    def _choice(self, name: str) -> str:
        return f"{CHOICE}{self.add_prefix(name)}"

    @property
    def choices_to_make(self) -> list[dict[str, Any]]:
        """Return what the page asks: each field that changed, in both ways it is now."""
        return [
            {
                "name": self._choice(one.name),
                "label": one.label,
                "keep_mine": f"{MINE}-{one.mark}",
                "mine": shown(one.mine),
                "theirs": shown(one.theirs),
                "is_both": one.is_both,
            }
            for one in self.conflicts
        ]


def shown(text: str) -> str:
    """Return the words of a value, without its mark-up."""
    return strip_tags(text.replace("</p>", "</p>\n").replace("<br>", "\n")).strip()
