"""How allauth makes our accounts: an e-mail signs in, a pseudonym is seen, no user name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from authors.models import Author, User
from authors.security import devices
from lib.text import normalise_password
from lib.web.addresses import absolute
from lib.web.limits import client_address
from lib.writing.characters import legible
from outbox import posting


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Trop d’essais de suite : réessayez dans cinq minutes."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep account and author together, or neither."""
        user = super().save_user(request, user, form, commit=False)
        try:
            with transaction.atomic():
                user.save()
                Author.objects.create(user=user, pseudonym=form.cleaned_data["pseudonym"])
        except IntegrityError as error:  # the same pseudonym or address, at the same moment
            raise ValidationError(
                _("Ce pseudonyme vient d’être pris : choisissez-en un autre.")
            ) from error
        return user

    def clean_email(self, email: str) -> str:
        """A quoted name before the @ may hold controls, says the standard; no mail box has one."""
        if legible(email) != email:
            raise ValidationError(
                _("Cette adresse contient des caractères invisibles : retapez-la à la main.")
            )
        return email

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Judge what is kept: wide letters make no common word a rare one.

        It is given back as typed, for allauth compares it with what was typed twice.
        """
        super().clean_password(normalise_password(password), user=user)
        return password

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **how)
        devices.remember(request, response, user)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count what is tried for an address under it alone.

        allauth puts the host of the request before it, whose port the client chooses.
        """
        return str(credentials.get("email", "")).lower()

    def is_safe_url(self, url: str | None) -> bool:
        """Lead back to this site only."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Name the magazine and its address, not the host of the request, which anybody may forge.

        Text only: nothing to load, and no looks by which a fake could pass for ours.
        """
        for name, value in context.items():
            if name.endswith("_url") and isinstance(value, str):
                context[name] = absolute(_path_of(value))
        context["site_url"] = settings.SITE_URL
        context["current_site"] = SimpleNamespace(
            name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc
        )
        return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have it sent: no page waits for a mail server, and none breaks with it."""
        context = {"request": self.request, "email": email, **context}
        message = self.render_mail(template_prefix, email, context)
        posting.post(to=email, subject=message.subject, body=message.body)

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME} - {subject}"


def user_of(request: HttpRequest) -> User:
    """Return the account behind a page that nobody reaches without one, as all of the admin."""
    return cast("User", request.user)


def _path_of(url: str) -> str:
    """Return the address of a page of ours without scheme and host."""
    return urlunsplit(urlsplit(url)._replace(scheme="", netloc=""))
