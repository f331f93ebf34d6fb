"""Readers write to the magazine.

The message is a row first, then a mail of the outbox: a mail server that is down loses nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from care.after_sending import offer_help
from lib.html.boxes import with_boxes
from lib.web.addresses import absolute
from lib.web.honeypot import BotTrapMixin
from lib.web.http import SeeOther
from lib.web.limits import limited
from lib.web.submissions import SubmissionMixin, key_of
from magazine.models import ContactMessage, SitePage, SiteSettings
from outbox import posting
from outbox.models import Mail

MONTHS_KEPT = 12  # after a message is handled; the privacy page says so


class ContactForm(SubmissionMixin, BotTrapMixin, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The address is asked for, not demanded: an alert about an error needs no name."""

    class Meta:
        model = ContactMessage
        fields = ["subject", "text", "page", "name", "email"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8, "maxlength": ContactMessage.MAX_TEXT}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "page": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        }
        error_messages = {
            "subject": {
                "required": _("Choisissez un sujet."),
                "invalid_choice": _("Choisissez un sujet dans la liste."),
            },
            "text": {"required": _("Écrivez au moins un mot.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = cast("forms.ChoiceField", self.fields["subject"])
        subject.choices = [("", _("Choisissez un sujet.")), *ContactMessage.Subject.choices]


@require_http_methods(["GET", "POST"])
@limited("contact", per_account=(10, 3600), per_network=(20, 3600))
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(
        request.POST or None,
        initial={"page": request.GET.get("page", "").replace("\x00", "")[:300]},
    )
    offer_help(request, request.POST.get("text", ""))
    if request.method == "POST" and form.is_valid():
        receive(form)
        messages.success(request, _t("Votre message est bien arrivé à la rédaction."))
        return SeeOther(reverse("contact"))
    page, site = SitePage.objects.filter(slug="contact").first(), SiteSettings.current()
    body = with_boxes(site.filled(page.body)) if page else ""
    return render(
        request,
        "magazine/contact.html",
        {"form": form, "page": page, "body": body, "magazine": site},
        status=422 if request.method == "POST" else 200,
    )


def receive(form: ContactForm) -> None:
    """Keep the message, once for each form and words, and have it mailed."""
    fields = {name: form.cleaned_data[name] for name in ContactForm.Meta.fields}
    key = key_of(form.cleaned_data["submission"], *fields.values())
    with transaction.atomic():
        message, created = ContactMessage.objects.get_or_create(submission=key, defaults=fields)
        if created:
            mail(message)


def mail(message: ContactMessage) -> bool:
    """Have a message mailed; tell whether there is an address that it can go to.

    `manage.py contact_messages` comes back to those that had none, or whose mail was given up and
    forgotten.
    """
    magazine = SiteSettings.current()
    if not magazine.contact_email:
        return False
    with transaction.atomic():
        message.mail = _post(message, magazine)
        message.save(update_fields=["mail"])
    return True


def _post(message: ContactMessage, magazine: SiteSettings) -> Mail:
    """Order the mail, whose headers hold nothing typed but the checked address to answer to."""
    link = absolute(reverse("admin:magazine_contactmessage_change", args=[message.pk]))
    with translation.override(settings.LANGUAGE_CODE):
        subject = f"[{magazine.name}] {message.get_subject_display()} ({message.pk})"
        body = render_to_string("magazine/contact_mail.txt", {"message": message, "link": link})
    return posting.post(
        to=magazine.contact_email, subject=subject, body=body, reply_to=message.email
    )


def unmailed() -> QuerySet[ContactMessage]:
    """Return what nobody has read yet and no mail is on its way for."""
    return ContactMessage.objects.filter(mailed_at=None, handled_at=None, mail=None).order_by("pk")


def prune() -> int:
    """Delete what was handled long ago; return how many."""
    old = timezone.now() - timedelta(days=MONTHS_KEPT * 30)
    return ContactMessage.objects.filter(handled_at__lt=old).delete()[0]
