"""Forms of allauth that we make stricter.

Sign-up, when two people choose the same name at once, and a forgotten password.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.utils import setup_user_email
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string

from authors.models import User
from authors.security import passwords

NOWHERE = "nulle-part.invalid"  # a name that no host has: RFC 2606


class AccountSignupForm(forms.SignupForm):  # type: ignore[misc]  # allauth comes without types
    """The form of allauth with ours inside (`authors.forms.SignupForm`)."""

    def clean(self) -> dict[str, Any]:
        """Refuse a password that the pseudonym gives away: the account has none yet."""
        cleaned: dict[str, Any] = super().clean()
        if password := cleaned.get("password1"):
            try:
                passwords.check(password, names=_typed_names(cleaned))
            except ValidationError as guessed:
                self.add_error("password1", guessed)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Return the account, or the page that tells that the pseudonym has just been taken."""
        try:
            if self.account_already_exists:
                self._rehearse(request)
            made: tuple[Any, HttpResponse | None] = super().try_save(request)
            return made
        except ValidationError as taken:
            self.add_error("pseudonym", taken)
            return None, render(request, "account/signup.html", {"form": self}, status=422)

    def _rehearse(self, request: HttpRequest) -> None:
        """Make the account with another address, and take it back.

        The hash of the password is most of what a sign-up costs: an answer that came sooner would
        tell that the address has an account.
        """
        adapter = get_adapter()
        address = f"{get_random_string(20)}@{NOWHERE}"
        typed = SimpleNamespace(cleaned_data={**self.cleaned_data, "email": address})
        with transaction.atomic():
            user = adapter.save_user(request, adapter.new_user(request), typed)
            setup_user_email(request, user, [])
            transaction.set_rollback(True)


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth comes without types
    """Mails an account at its present address.

    One that it asks to change to, and may have mistyped, opens nothing before it is confirmed.
    """

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


def _typed_names(cleaned: dict[str, Any]) -> list[str]:
    return [cleaned[field] for field in ("email", "pseudonym") if cleaned.get(field)]
