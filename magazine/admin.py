from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editing.admin import EditedAdmin
from editing.forms import GuardedForm
from lib import bulk
from lib.admin import ReadOnlyAdmin, empty_or_not
from lib.images import PictureFormField
from lib.prose import ProseField, importmap_hash, say_losses
from lib.text import excerpt
from lib.web.csp import allow
from magazine.facts import NAMES, named_in
from magazine.models import ContactMessage, SitePage, SiteSettings
from redirects.moving import address_kept


class SiteSettingsForm(GuardedForm):
    """The logo arrives as a bitmap of our own making.

    A vector file, which may hold a script, is refused.
    """

    logo = PictureFormField(
        label=_("Logo"),
        required=False,
        max_side=800,
        min_side=32,
        widget=forms.ClearableFileInput,
        help_text=_(
            "JPEG, PNG, WebP ou AVIF, de 32 points de haut au moins, lisible sur fond clair et sur "
            "fond sombre. Vide : le logo CareVox."
        ),
    )

    class Meta:
        model = SiteSettings
        fields = [
            *("name", "promise", "description", "logo", "logo_alt", "contact_email"),
            "on_call_email",
            *("facebook_url", "twitter_url", "mastodon_url", "bluesky_url"),
            *(
                "shares_by_email",
                "shares_on_mastodon",
                "shares_on_bluesky",
                "shares_on_facebook",
                "shares_on_x",
            ),
            *NAMES.values(),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("logo") and not data.get("logo_alt"):
            self.add_error("logo_alt", _("Décrivez le logo pour qui ne le voit pas."))
        return data

    def _post_clean(self) -> None:
        cleaned = getattr(self.cleaned_data.get("logo"), "cleaned", None)
        if cleaned:
            self.instance.logo_width, self.instance.logo_height = cleaned.width, cleaned.height
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out


@admin.register(SiteSettings)
class SiteSettingsAdmin(EditedAdmin):
    """One row: the list leads straight to it."""

    form = SiteSettingsForm
    fieldsets = [
        (None, {"fields": ["name", "promise", "description", "logo", "logo_alt"]}),
        (_("Courrier"), {"fields": ["contact_email", "on_call_email"]}),
        (
            _("Qui publie ce site"),
            {
                "fields": list(NAMES.values()),
                "description": format_lazy(
                    "{} {}.",
                    _(
                        "Les pages du site citent ces faits, chacun par son nom entre accolades. "
                        "Une phrase dont le fait manque n’est pas montrée. Leurs noms :"
                    ),
                    ", ".join(f"{{{name}}}" for name in NAMES),
                ),
            },
        ),
        (
            _("Comptes du magazine"),
            {"fields": ["facebook_url", "twitter_url", "mastodon_url", "bluesky_url"]},
        ),
        (
            _("Partage"),
            {
                "fields": [
                    "shares_by_email",
                    "shares_on_mastodon",
                    "shares_on_bluesky",
                    "shares_on_facebook",
                    "shares_on_x",
                ],
                "description": _(
                    "Ce qu’un article propose à qui veut le partager. De simples liens : "
                    "rien n’est demandé à ces sites avant un clic."
                ),
            },
        ),
    ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:magazine_sitesettings_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False


@admin.register(SitePage)
class SitePageAdmin(EditedAdmin):
    list_display = ["title", "column", "position", "updated_at"]
    readonly_fields = ["waits_for"]

    @admin.display(description=_("faits qui manquent"))
    def waits_for(self, page: SitePage) -> str:
        """Name the empty settings that this page quotes. One query."""
        quoted = {NAMES.get(name) for name in named_in(page.body)}
        missing = (field for field in SiteSettings.current().missing if field.name in quoted)
        return ", ".join(str(field.verbose_name) for field in missing) or _t("aucun")

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = ["js/admin/editor/label.js"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            return ProseField(label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, page: SitePage, form: Any, change: bool) -> None:
        page.updated_at = timezone.now()
        with address_kept(page) if change else nullcontext():
            super().save_model(request, page, form, change)
        say_losses(request, form)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return allow(
            super().changeform_view(request, *args, **kwargs), script_src=[importmap_hash()]
        )


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnlyAdmin):
    """The messages of readers: read here or by mail, then marked as handled."""

    list_display = [
        "subject",
        "beginning",
        "name",
        "created_at",
        "mailed_at",
        "handled_at",
        "handled_by",
    ]
    list_filter = [
        ("handled_at", empty_or_not(_("où ils en sont"), _("à traiter"), _("traités"))),
        "subject",
    ]
    list_select_related = ["handled_by"]
    fields = [
        "subject",
        "text",
        "page",
        "name",
        "email",
        "created_at",
        "mailed_at",
        "handled_at",
        "handled_by",
    ]
    actions = ["handle_selected"]

    @admin.display(description=_("message"))
    def beginning(self, message: ContactMessage) -> str:
        return excerpt(message.text, 90)

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("magazine.change_contactmessage")

    @admin.action(description=_("Marquer comme traités…"), permissions=["handle"])
    def handle_selected(
        self, request: HttpRequest, chosen: QuerySet[ContactMessage]
    ) -> HttpResponse | None:
        if bulk.are_too_many(request, chosen):
            return None
        if not bulk.is_agreed(request):
            preview = bulk.sorted_out(
                chosen, lambda one: _t("déjà traité") if one.handled_at else ""
            )
            title, button = _t("Marquer des messages comme traités"), _t("Marquer comme traités")
            return bulk.ask(request, self, preview, title=title, button=button)
        done = chosen.filter(handled_at=None).update(
            handled_at=timezone.now(), handled_by=request.user
        )
        messages.success(
            request,
            ngettext("%(n)s message traité.", "%(n)s messages traités.", done) % {"n": done},
        )
        return None
