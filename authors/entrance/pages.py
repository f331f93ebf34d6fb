"""Sign-up, whole or not at all, and the links that confirm an address.

allauth does the work; a link that serves no longer offers the next one.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.account.app_settings import SALT
from allauth.account.internal import flows
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django import forms
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from authors.models import Author
from lib.web.http import SeeOther
from lib.web.limits import limited

NEW_LINKS = "20/h/ip"  # counted in the database; those of a network are counted in the cache


class SignUp(views.SignupView):  # type: ignore[misc]  # allauth comes without types
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make account, author, address and mail together, or nothing of them."""
        response: HttpResponse = super().form_valid(form)
        return response


sign_up = require_http_methods(["GET", "HEAD", "POST"])(SignUp.as_view())


class NewLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ConfirmAddress(views.ConfirmEmailView):  # type: ignore[misc]  # allauth comes without types
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().post(*args, **kwargs)
        except Http404:  # it has expired on the screen, or was pressed twice
            response = self.get(*args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.object is None:
            context["form"] = NewLinkForm(initial={"email": _address_of(self.kwargs["key"])})
        else:
            author = Author.objects.filter(user=self.object.email_address.user_id).first()
            context["pseudonym"] = author.pseudonym if author else ""
        return context


def _address_of(key: str) -> str:
    """Return the address that a link of ours was sent to, however long ago; else nothing."""
    try:
        pk = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return ""
    return EmailAddress.objects.filter(pk=pk).values_list("email", flat=True).first() or ""


confirm_address = never_cache(
    require_http_methods(["GET", "HEAD", "POST"])(ConfirmAddress.as_view())
)


@never_cache
@require_http_methods(["GET", "POST"])
@limited("new link", per_account=(20, 3600), per_network=(20, 3600))
@ratelimit.decorator(app="allauth.account", action="new_link", config={"new_link": NEW_LINKS})  # type: ignore[untyped-decorator]  # allauth comes without types
def new_link(request: HttpRequest) -> HttpResponse:
    """Mail another link; the answer is the same whether the address has an account or not."""
    form = NewLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _mail_link(request, form.cleaned_data["email"].lower())
        return SeeOther(reverse("account_email_verification_sent"))
    status = 422 if request.method == "POST" else 200
    return render(request, "account/new_link.html", {"form": form}, status=status)


def _mail_link(request: HttpRequest, email: str) -> None:
    """Mail the link, or what the owner of the address has to know instead.

    allauth sends one in three minutes to an address; what it holds back needs no answer.
    """
    known = EmailAddress.objects.filter(email__iexact=email, user__is_active=True)
    address = known.filter(verified=False).order_by("-pk").first()
    flows.email_verification.send_verification_email_to_address(
        request,
        address or EmailAddress(user=None, email=email),
        signup=address is None
        and known.exists(),  # « you have an account », else « there is none »
    )
