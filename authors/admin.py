from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from allauth.account import admin as allauth_admin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import Authenticator  # its own pages are registered first
from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from authors import portraits, pseudonyms, roles
from authors.models import TAKEN, Author, User
from finding import index
from finding.lists import FoundByWords
from lib import bulk
from lib.admin import LargeAdmin
from lib.images import PictureFormField

MOST_ACCOUNTS = 500  # of each way to find one


@admin.register(User)
class UserAdmin(LargeAdmin):
    """Accounts are made by sign-up; here they are blocked or let in again.

    The role is the author's.
    """

    list_display = ["email", "author", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    list_select_related = ["author"]
    search_fields = ["email"]
    search_help_text = _("Le début de l’adresse, ou des mots du pseudonyme.")
    fields = ["email", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "is_staff", "date_joined", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, users: QuerySet[User], text: str
    ) -> tuple[QuerySet[User], bool]:
        if not (text := text.strip()):
            return users, False
        by_address = User.objects.filter(email__istartswith=text).order_by("pk")
        ids = [*by_address.values_list("pk", flat=True)[:MOST_ACCOUNTS]]
        if "@" not in text and (found := index.found(Author, text)) is not None:
            owners = Author.objects.filter(pk__in=found, user__isnull=False)
            ids += owners.values_list("user", flat=True)[:MOST_ACCOUNTS]
        return users.filter(pk__in=ids), False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [*self.readonly_fields, *([] if request.user.is_superuser else ["is_superuser"])]


RIGHTS = {"add": _("créer"), "change": _("modifier"), "delete": _("supprimer"), "view": _("voir")}


class RightsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A right is said as « article : modifier »."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, right: Any) -> str:
        model = right.content_type.model_class()
        verb = right.codename.partition("_")[0]
        is_stock = right.codename == f"{verb}_{right.content_type.model}" and verb in RIGHTS
        return _t("%(thing)s : %(right)s") % {
            "thing": model._meta.verbose_name if model else right.content_type.model,
            "right": RIGHTS[verb] if is_stock else _t(right.name),
        }


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(auth_admin.GroupAdmin):
    """Permissions are boxes to tick: the two panes of Django's own are hard to use without a
    mouse or by ear."""

    filter_horizontal = ()

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        return RightsField(
            queryset=Permission.objects.select_related("content_type").order_by("content_type"),
            label=capfirst(db_field.verbose_name),
            required=False,
        )


admin.site.unregister(Authenticator)
Authenticator._meta.verbose_name = _("second facteur")  # it has no words of its own
Authenticator._meta.verbose_name_plural = _("seconds facteurs")


@admin.register(Authenticator)
class AuthenticatorAdmin(LargeAdmin):
    """Second factors can be taken from who has lost theirs; nobody reads their secrets here."""

    list_display = ["shown_account", "shown_type", "added_on", "used_on"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__email__istartswith"]
    search_help_text = _("Le début de l’adresse.")
    fields = ["shown_account", "shown_type", "added_on", "used_on"]
    readonly_fields = ["shown_account", "shown_type", "added_on", "used_on"]

    @admin.display(description=_("compte"), ordering="user")
    def shown_account(self, factor: Authenticator) -> str:
        return str(factor.user)

    @admin.display(description=_("sorte"), ordering="type")
    def shown_type(self, factor: Authenticator) -> str:
        return str(factor.get_type_display())

    @admin.display(description=_("ajouté le"), ordering="created_at")
    def added_on(self, factor: Authenticator) -> datetime:
        moment: datetime = factor.created_at
        return moment

    @admin.display(description=_("dernier usage"), ordering="last_used_at")
    def used_on(self, factor: Authenticator) -> datetime | None:
        moment: datetime | None = factor.last_used_at
        return moment

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False


admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class EmailAddressAdmin(allauth_admin.EmailAddressAdmin):  # type: ignore[misc]  # allauth has no types
    """Addresses that somebody vouches for, whose mail of confirmation did not arrive."""

    list_select_related = ["user"]
    autocomplete_fields = ["user"]
    raw_id_fields = ()
    actions = ["verify_selected"]

    @admin.action(description=_("Tenir pour vérifiées…"), permissions=["change"])
    def verify_selected(
        self, request: HttpRequest, chosen: QuerySet[EmailAddress]
    ) -> HttpResponse | None:
        if bulk.are_too_many(request, chosen):
            return None
        if not bulk.is_agreed(request):
            preview = bulk.sorted_out(
                chosen, lambda one: _t("déjà vérifiée") if one.verified else ""
            )
            title, button = _t("Tenir des adresses pour vérifiées"), _t("Tenir pour vérifiées")
            return bulk.ask(request, self, preview, title=title, button=button)
        self.make_verified(request, chosen)
        return None


class AuthorForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    granted_role = forms.ChoiceField(
        label=_("rôle"),
        choices=Author.Role,
        help_text=_("Il ouvre l’administration aux modérateurs et aux éditeurs."),
    )
    upload = PictureFormField(label=_("Nouvelle image"), required=False, square=400)
    remove_picture = forms.BooleanField(
        label=_("Retirer l’image"), required=False, help_text=_("Son fichier est effacé.")
    )

    class Meta:
        model = Author
        fields = ["pseudonym", "kind", "credentials", "biography", "signature", "website"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("granted_role", self.instance.role)

    def clean_pseudonym(self) -> str:
        """Let editors give any name, reserved ones too, but nobody's twice."""
        pseudonym: str = self.cleaned_data["pseudonym"]
        if "pseudonym" in self.changed_data and pseudonyms.is_taken(pseudonym, own=self.instance):
            raise forms.ValidationError(TAKEN)
        return pseudonym


@admin.register(Author)
class AuthorAdmin(FoundByWords, LargeAdmin):
    form = AuthorForm
    list_display = [
        "pseudonym",
        "role",
        "credentials",
        "articles_count",
        "comments_count",
        "ratings_count",
        "created_at",
    ]
    list_filter = ["role", "kind"]
    counters = ["articles_count", "comments_count", "ratings_count", "created_at"]
    readonly_fields = ["user", "shown_picture", *counters]
    fieldsets = [
        (None, {"fields": ["pseudonym", "kind", "granted_role", "credentials", "user"]}),
        (
            _("Page publique"),
            {
                "fields": [
                    "biography",
                    "signature",
                    "website",
                    "shown_picture",
                    "upload",
                    "remove_picture",
                ]
            },
        ),
        (_("Chiffres"), {"fields": [*counters]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Author | None = None) -> Any:
        """Show who may not change it the author's role, and no fields to send."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or obj is None:
            return fieldsets
        shown: dict[Any, str | None] = {
            "granted_role": "role",
            "upload": None,
            "remove_picture": None,
        }
        return [
            (name, {**parts, "fields": [f for n in parts["fields"] if (f := shown.get(n, n))]})
            for name, parts in fieldsets
        ]

    @admin.display(description=_("image"))
    def shown_picture(self, author: Author) -> SafeString | str:
        return (
            format_html(
                '<img class="thumbnail" src="{}" alt="" width="160" height="160">',
                author.picture.url,
            )
            if author.picture
            else "–"
        )

    def save_model(
        self, request: HttpRequest, author: Author, form: AuthorForm, change: bool
    ) -> None:
        super().save_model(request, author, form, change)
        upload = form.cleaned_data.get("upload")
        if upload or form.cleaned_data.get("remove_picture"):
            portraits.change(author, upload)
        if form.cleaned_data["granted_role"] != author.role and _may_grant(request):
            roles.grant_role(author, form.cleaned_data["granted_role"])

    def get_form(
        self, request: HttpRequest, obj: Author | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        # a copy: all forms, in all threads, share the fields that their class declares
        role = form.base_fields["granted_role"] = copy(form.base_fields["granted_role"])
        role.disabled = not _may_grant(request)
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        return False


def _may_grant(request: HttpRequest) -> bool:
    return request.user.has_perm("authors.grant_role")
