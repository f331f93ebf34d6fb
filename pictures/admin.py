from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from authors.accounts import user_of
from lib.admin import LargeAdmin
from lib.images import PictureFormField
from pictures import changes, choosing, renditions
from pictures.models import Picture

FOCUS = {"focus_x", "focus_y"}


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    upload = PictureFormField(
        label=_("Fichier"),
        help_text=_("JPEG, PNG, WebP ou AVIF, 30 Mo au plus. Ses données cachées sont effacées."),
    )

    class Meta:
        model = Picture
        fields = ["alt", "credit", "licence", "focus_x", "focus_y"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]
        else:
            for name in FOCUS:
                self.fields.pop(name, None)
        for name in FOCUS & self.fields.keys():
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        middle = {name: Picture.MIDDLE for name in FOCUS if data.get(name, 0) is None}
        return data | middle


@admin.register(Picture)
class PictureAdmin(LargeAdmin):
    """The library. A file is not replaced: a new picture has a new name, so that no cache shows the
    old one."""

    form = PictureForm
    list_display = ["thumbnail", "words", "credit", "licence", "width", "height", "created_at"]
    list_display_links = ["words"]
    search_fields = ["alt", "credit"]
    list_per_page = 30

    class Media:
        css = {"all": ["css/admin/library.css"]}
        js = [Script("js/admin/focus.js", type="module")]

    def get_fields(
        self, request: HttpRequest, picture: Picture | None = None
    ) -> tuple[str | tuple[str, ...], ...]:
        if picture is None:
            return ("upload", "alt", "credit", "licence")
        return (
            *("thumbnail", "for_text", "alt", "credit", "licence"),
            ("focus_x", "focus_y"),
            "shown_by",
        )

    def get_readonly_fields(
        self, request: HttpRequest, picture: Picture | None = None
    ) -> list[str]:
        return ["thumbnail", "for_text", "shown_by"] if picture else []

    @admin.display(description=_("texte de remplacement"), ordering="alt")
    def words(self, picture: Picture) -> str:
        return picture.alt or str(_("sans texte de remplacement"))

    @admin.display(description=_("image"))
    def thumbnail(self, picture: Picture) -> SafeString:
        return format_html(
            '<img class="thumbnail {}" src="{}" alt="{}" width="160" loading="lazy">',
            picture.focus_classes,
            picture.small_url,
            picture.alt,
        )

    @admin.display(description=_("dans un texte"))
    def for_text(self, picture: Picture) -> SafeString:
        return format_html(
            "<code>/media/{}</code> {}",
            picture.file.name,
            _("L’adresse à donner à l’éditeur pour placer l’image dans un texte."),
        )

    @admin.display(description=_("montrée par"))
    def shown_by(self, picture: Picture) -> SafeString | str:
        rows = ((_form_address(row), row) for row in renditions.using(picture))
        return format_html_join(", ", '<a href="{}">{}</a>', rows) or "–"

    def get_urls(self) -> list[URLPattern]:
        return [
            path("choix/", self.admin_site.admin_view(self.choice), name="pictures_picture_choice"),
            path("envoi/", self.admin_site.admin_view(self.send), name="pictures_picture_send"),
            *super().get_urls(),
        ]

    def choice(self, request: HttpRequest) -> JsonResponse:
        """Return pictures of the library, for the editor's dialog."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(choosing.found(request.GET))

    def send(self, request: HttpRequest) -> JsonResponse:
        """Take a picture that was dropped into a text, with its words; before, say which licences
        there are."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return JsonResponse({"licences": Picture.Licence.choices})
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=422)
        cleaned = form.cleaned_data["upload"].cleaned
        twin = Picture.objects.filter(digest=renditions.digest(cleaned)).first()
        if twin and "anyway" not in request.POST:
            return JsonResponse({"twin": choosing.row(twin)}, status=422)
        stored = self._store(request, form)
        self.log_addition(request, stored, [{"added": {}}])
        return JsonResponse({"picture": choosing.row(stored)}, status=201)

    def _store(self, request: HttpRequest, form: PictureForm) -> Picture:
        data = form.cleaned_data
        return renditions.store(
            data["upload"].cleaned,
            alt=data["alt"],
            credit=data["credit"],
            licence=data["licence"],
            actor=user_of(request),
        )

    def save_model(
        self, request: HttpRequest, picture: Picture, form: PictureForm, change: bool
    ) -> None:
        if change:
            super().save_model(request, picture, form, change)
            if form.has_changed():
                changes.redrawn.announce(picture)
            return
        stored = self._store(request, form)
        picture.__dict__.update(stored.__dict__)  # Django goes on with the object that it has made

    def has_delete_permission(self, request: HttpRequest, picture: Picture | None = None) -> bool:
        """One by one: the list deletes nothing."""
        return picture is not None and super().has_delete_permission(request, picture)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say where a picture is shown instead of taking it out of there."""
        picture = self.get_object(request, object_id)
        is_allowed = picture is not None and self.has_delete_permission(request, picture)
        if picture and is_allowed and (rows := renditions.using(picture)):
            places = ", ".join(f"« {row} »" for row in rows)
            refusal = _t("L’image ne se supprime pas tant qu’on la montre : %(places)s.")
            messages.error(request, refusal % {"places": places})
            return HttpResponseRedirect(_form_address(picture))
        return super().delete_view(request, object_id, extra_context)


def _form_address(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
