"""A member's own page: the profile, and the ways to e-mail, password and security."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from authors.forms import ProfileForm
from authors.models import TAKEN, Author
from lib.web.http import SeeOther
from lib.web.limits import limited
from magazine import unsent

DRAFT = "profile"


@require_http_methods(["GET", "POST"])
@limited("profile", per_account=(30, 3600), per_network=(60, 3600))
def profile(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        fields = {name: request.POST.get(name, "") for name in ProfileForm.Meta.fields}
        return unsent.sign_in_first(request, DRAFT, fields, reverse("authors:profile"))
    author = Author.objects.of(request.user)
    if author is None:
        return render(request, "authors/no_author.html", status=404)
    typed = unsent.kept(request, DRAFT) if request.method == "GET" else None
    if unsent.has_lapsed(request, DRAFT):
        messages.info(request, unsent.LAPSED)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=author, initial=typed)
    if request.method == "POST" and form.is_valid() and _saved(form):
        unsent.forget(request, DRAFT)
        messages.success(request, _("Votre profil est enregistré."))
        return SeeOther(reverse("authors:profile"))
    shown = Author.objects.get(pk=author.pk)  # the form has already touched the other one
    return render(
        request,
        "authors/profile.html",
        {"form": form, "author": shown},
        status=422 if form.errors else 200,
    )


def _saved(form: ProfileForm) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("pseudonym", TAKEN)
        return False
    return True
