"""Forms of allauth that we make stricter.

Sign-up, when two people choose the same name at once, and a forgotten password.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from authors.models import User


class AccountSignupForm(forms.SignupForm):  # type: ignore[misc]  # allauth comes without types
    """The form of allauth with ours inside (`authors.forms.SignupForm`)."""

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Return the account, or the page that tells that the pseudonym has just been taken."""
        try:
            made: tuple[Any, HttpResponse | None] = super().try_save(request)
            return made
        except ValidationError as taken:
            self.add_error("pseudonym", taken)
            return None, render(request, "account/signup.html", {"form": self}, status=422)


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth comes without types
    """Mails an account at its present address.

    One that it asks to change to, and may have mistyped, opens nothing before it is confirmed.
    """

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email
