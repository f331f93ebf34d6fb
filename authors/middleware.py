"""Whoever may open the admin signs in with a second factor first."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


class StaffMFAMiddleware:
    """Lead staff without a second factor from the admin to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.REQUIRE_STAFF_MFA
            and request.path.startswith(reverse("admin:index"))
            and self._lacks_second_factor(request)
        ):
            messages.warning(
                request,
                _(
                    "Pour ouvrir l’administration, ajoutez d’abord une seconde preuve d’identité :"
                    " une application de codes ou une clé d’accès."
                ),
            )
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _lacks_second_factor(request: HttpRequest) -> bool:
        return (
            request.user.is_authenticated
            and request.user.is_staff
            and not is_mfa_enabled(request.user)
        )
