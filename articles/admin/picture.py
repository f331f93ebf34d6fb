from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import pictures
from articles.models import Picture
from lib.admin import LargeAdmin
from lib.images import PictureFormField


class PictureForm(forms.ModelForm):
    upload = PictureFormField(label=_("Fichier"), help_text=_("JPEG, PNG, WebP ou AVIF, 15 Mo au plus. Ses données cachées sont effacées."))

    class Meta:
        model = Picture
        fields = ["alt", "credit", "licence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]


@admin.register(Picture)
class PictureAdmin(LargeAdmin):
    """The library. A file is not replaced: a new picture has a new name, so that no cache shows the old one."""

    form = PictureForm
    list_display = ["thumbnail", "alt", "credit", "licence", "width", "height", "created_at"]
    list_display_links = ["thumbnail", "alt"]
    search_fields = ["alt", "credit"]
    list_per_page = 30

    def get_fields(self, request: HttpRequest, picture: Picture | None = None) -> list[str]:
        return ["thumbnail", "for_text", "alt", "credit", "licence", "shown_by"] if picture else ["upload", "alt", "credit", "licence"]

    def get_readonly_fields(self, request: HttpRequest, picture: Picture | None = None) -> list[str]:
        return ["thumbnail", "for_text", "shown_by"] if picture else []

    @admin.display(description=_("image"))
    def thumbnail(self, picture: Picture) -> SafeString:
        url = picture.rendition_url(480, picture.fallback_extension) if 480 in picture.widths else picture.url
        return format_html('<img class="thumbnail" src="{}" alt="{}" width="160" loading="lazy">', url, picture.alt)

    @admin.display(description=_("dans un texte"))
    def for_text(self, picture: Picture) -> SafeString:
        return format_html("<code>/media/{}</code> {}", picture.file.name, _("L’adresse à donner à l’éditeur pour placer l’image dans un texte."))

    @admin.display(description=_("montrée par"))
    def shown_by(self, picture: Picture) -> SafeString | str:
        articles = pictures.using(picture)
        return format_html_join(", ", "{}", ((article.title,) for article in articles)) or "–"

    def save_model(self, request: HttpRequest, picture: Picture, form: PictureForm, change: bool) -> None:
        if change:
            super().save_model(request, picture, form, change)
            return
        data = form.cleaned_data
        stored = pictures.store(data["upload"].cleaned, alt=data["alt"], credit=data["credit"], licence=data["licence"], actor=request.user)
        picture.__dict__.update(stored.__dict__)

    def has_delete_permission(self, request: HttpRequest, picture: Picture | None = None) -> bool:
        return picture is not None and super().has_delete_permission(request, picture) and not pictures.using(picture)
