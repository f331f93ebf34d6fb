"""How allauth makes our accounts: an e-mail that signs in, a pseudonym that is seen, never a user name."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from authors.models import Author, User
from lib.limits import client_address


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep account and author together, or neither."""
        user = super().save_user(request, user, form, commit=False)
        try:
            with transaction.atomic():
                user.save()
                Author.objects.create(user=user, pseudonym=form.cleaned_data["pseudonym"])
        except IntegrityError as error:  # the same pseudonym or address, at the same moment
            raise ValidationError(_("Ce pseudonyme vient d’être pris : choisissez-en un autre.")) from error
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Lead back to this site only."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def build_absolute_uri(self, request: HttpRequest, location: str) -> str:
        return settings.SITE_URL + location

    def format_email_subject(self, subject: str) -> str:
        return f"CareVox - {subject}"
