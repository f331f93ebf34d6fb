from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import TagsField
from articles.models import Article
from articles.revisions import versions
from lib.fields import LineInForm, TextInForm
from lib.images import PictureFormField
from lib.prose import ProseField
from pictures.models import Picture

if TYPE_CHECKING:
    from django.http import QueryDict


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The editors' form.

    `base_version` is the version that was opened: another one saved meanwhile is not overwritten.
    """

    body = ProseField(label=_("Texte"), required=False)
    keywords = TagsField()
    upload = PictureFormField(
        label=_("Envoyer une image"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP ou AVIF, 30 Mo au plus. Elle remplace l’image choisie ci-dessus."
        ),
    )
    upload_alt = LineInForm(
        label=_("Texte de remplacement"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    upload_credit = LineInForm(
        label=_("Crédit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    upload_licence = forms.ChoiceField(
        label=_("Licence"),
        required=False,
        choices=Picture.Licence,
        initial=Picture.Licence.ALL_RIGHTS,
    )
    new_slug = forms.BooleanField(
        label=_("Refaire l’adresse d’après le titre"),
        required=False,
        help_text=_("L’ancienne adresse mènera à la nouvelle."),
    )
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007  (the admin's fieldsets decide)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["base_version"] = self.instance.last_version
            self.initial["keywords"] = ", ".join(versions.shown_tags(self.instance))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("upload") and not data.get("upload_credit"):
            self.add_error(
                "upload_credit",
                _("Dites de qui vient l’image : une image sans crédit ne se publie pas."),
            )
        if data.get("interests") == Article.InterestDeclaration.DECLARED and not data.get(
            "interests_detail"
        ):
            self.add_error("interests_detail", _("Dites quels liens d’intérêts sont déclarés."))
        if self.instance.is_published and not data.get("slug"):
            data["slug"] = self.instance.slug
        self._check_version(data)
        return data

    def _check_version(self, data: dict[str, Any]) -> None:
        if not self.instance.pk or data.get("base_version") is None:
            return
        last = self.instance.last_version
        if last > data["base_version"]:
            data_sent_back = cast("QueryDict", self.data).copy()
            data_sent_back["base_version"] = str(last)
            self.data = data_sent_back
            raise ValidationError(
                _(
                    "Quelqu’un a enregistré la version %(number)s pendant que vous écriviez. "
                    "Votre texte est conservé ci-dessous : comparez avec l’historique, "
                    "puis enregistrez de nouveau pour remplacer cette version."
                )
                % {"number": last}
            )


class ReasonForm(forms.Form):
    reason = TextInForm(
        label=_("Motif"),
        help_text=_("Les lecteurs le verront à la place de l’article."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={
            "required": _("Dites pourquoi l’article est retiré : les lecteurs verront ce motif.")
        },
    )
