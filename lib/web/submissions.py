"""A form writes one row, however often the same words are sent by it; other words write another.

Browsers bring a page back with all that its form held, hidden fields too: a token alone does not
tell a repeat from something new.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import QueryDict


class SubmissionMixin(forms.Form):
    """Add a token to a form, drawn anew each time that the form is shown to somebody."""

    submission = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid4())

    def clean_submission(self) -> UUID:
        try:
            return UUID(self.cleaned_data["submission"] or "")
        except ValueError as error:
            show_again(self, submission=uuid4())
            raise ValidationError(
                _("Le formulaire est arrivé incomplet : envoyez-le encore une fois.")
            ) from error


def show_again(form: forms.BaseForm, **values: object) -> None:
    """Let the form that is shown again hold these values instead of those that were sent."""
    sent = cast("QueryDict", form.data).copy()
    for name, value in values.items():
        sent[form.add_prefix(name)] = str(value)
    form.data = sent


def key_of(submission: UUID, *written: str | int) -> UUID:
    """Return what a row keeps: equal for the same words by the same form, and for nothing else."""
    return uuid5(submission, json.dumps(written))
