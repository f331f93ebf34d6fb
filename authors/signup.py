"""Sign-up, when two people choose the same name at the same moment."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class AccountSignupForm(forms.SignupForm):
    """The form of allauth with ours inside (`authors.forms.SignupForm`)."""

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Return the account, or the page that tells that the pseudonym has just been taken."""
        try:
            return super().try_save(request)
        except ValidationError as taken:
            self.add_error("pseudonym", taken)
            return None, render(request, "account/signup.html", {"form": self}, status=422)
