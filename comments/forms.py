from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments.models import Report
from comments.posting import checked
from lib.fields import TextInForm
from lib.refused import Refused
from lib.web.honeypot import BotTrapMixin


class CommentForm(BotTrapMixin, forms.Form):
    """A reaction being written.

    `submission` makes one reaction of one form, however often it is sent.
    """

    text = TextInForm(
        label=_("Votre réaction"),
        help_text=_("3 000 caractères au plus. Les liens sont permis, la publicité non."),
        widget=forms.Textarea(attrs={"rows": 6, "aria-describedby": "prudence"}),
        error_messages={"required": _("Écrivez au moins un mot.")},
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Le formulaire est arrivé incomplet : envoyez-le encore une fois.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reaction-%s")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid4())

    def clean_text(self) -> str:
        try:
            return checked(self.cleaned_data["text"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class EditForm(forms.Form):
    text = TextInForm(
        label=_("Votre réaction"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez au moins un mot.")},
    )

    clean_text = CommentForm.clean_text


class ReportForm(BotTrapMixin, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Report
        fields = ["reason", "message"]
        widgets = {
            "reason": forms.RadioSelect,
            "message": forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        }
        labels = {
            "reason": _("Pourquoi signaler ce texte ?"),
            "message": _("Précisez si vous le pouvez"),
        }
        error_messages = {"reason": {"required": _("Choisissez une raison.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = Report.Reason.choices
        self.fields["message"].required = False
