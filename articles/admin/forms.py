from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.revisions import versions
from editing.forms import GuardedForm
from lib.fields import LineInForm, TextInForm
from lib.images import PictureFormField
from lib.prose import ProseField
from lib.text import name_key
from pictures.models import Picture

MAX_TAG = 100


class TagsWidget(forms.TextInput):
    """One line of names; `static/js/admin/tag-suggestions.js` proposes those in use."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-suggestions": reverse("admin:articles_article_tag_names"),
            "data-suggestions-label": _("Mots-clés existants"),
        }
        return context

    def format_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return ", ".join(getattr(getattr(item, "tag", item), "name", str(item)) for item in value)


class TagsField(LineInForm):
    """Keywords between commas: "santé publique, e-santé" are two. The value is a list of names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=TagsWidget(attrs={"class": "vTextField", "autocomplete": "off"}),
            required=False,
            label=_("Mots-clés"),
            help_text=_("Séparés par des virgules : « santé publique, vaccin »."),
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        names = [name.strip() for name in (super().clean(value) or "").split(",") if name.strip()]
        if long := [name for name in names if len(name) > MAX_TAG]:
            raise ValidationError(_("Mot-clé trop long : « %(name)s… »") % {"name": long[0][:40]})
        if odd := [name for name in names if not name_key(name)]:
            raise ValidationError(
                _("« %(name)s » ne contient ni lettre ni chiffre.") % {"name": odd[0]}
            )
        return names


class ArticleForm(GuardedForm):
    """The editors' form."""

    UNGUARDED = GuardedForm.UNGUARDED | {
        "new_slug",
        "upload",
        "upload_alt",
        "upload_credit",
        "upload_licence",
    }

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

    class Meta:
        model = Article
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        article = kwargs.get("instance")
        if article and article.pk:
            keywords = ", ".join(versions.shown_tags(article))
            kwargs["initial"] = {"keywords": keywords, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.instance.is_published:  # asked for when it goes online
            self.fields["new_slug"].widget = forms.HiddenInput()

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
        return data


class ReasonForm(forms.Form):
    reason = TextInForm(
        label=_("Motif"),
        help_text=_("Les lecteurs le verront à la place de l’article."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={
            "required": _("Dites pourquoi l’article est retiré : les lecteurs verront ce motif.")
        },
    )
