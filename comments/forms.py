from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment, Report
from comments.posting import GONE, checked
from comments.threads import answered
from lib.fields import TextInForm
from lib.refused import Refused
from lib.web.honeypot import BotTrapMixin
from lib.web.submissions import SubmissionMixin, show_again


class CommentForm(SubmissionMixin, BotTrapMixin, forms.Form):
    """A reaction being written. Its `parent` becomes the reaction that it answers."""

    text = TextInForm(
        label=_("Votre réaction"),
        help_text=_("3 000 caractères au plus. Les liens sont permis, la publicité non."),
        widget=forms.Textarea(attrs={"rows": 6, "aria-describedby": "prudence"}),
        error_messages={"required": _("Écrivez au moins un mot.")},
    )
    parent = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reaction-%s")
        super().__init__(*args, **kwargs)
        self.article = article

    def clean_parent(self) -> Comment | None:
        """Find the reaction that is answered. The form that is shown again answers none."""
        typed = self.cleaned_data["parent"] or ""
        parent = answered(self.article, typed) if self.article else None
        if typed and parent is None:
            show_again(self, parent="")
            raise ValidationError(GONE)
        return parent

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
