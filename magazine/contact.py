"""Readers write to the magazine.

The message is a row first, then a mail: a mail server that is down loses nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_tasks import task

from lib.text import normalise_text
from lib.web.addresses import absolute
from lib.web.honeypot import BotTrapMixin
from lib.web.http import SeeOther
from lib.web.limits import limited
from lib.web.submissions import SubmissionMixin, key_of
from magazine.models import ContactMessage, SitePage, SiteSettings

logger = logging.getLogger(__name__)
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

    def clean_text(self) -> str:
        text = normalise_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Écrivez au moins un mot."))
        return text


@require_http_methods(["GET", "POST"])
@limited("contact", per_account=(10, 3600), per_network=(20, 3600))
def contact(request: HttpRequest) -> HttpResponse:
    form = ContactForm(
        request.POST or None,
        initial={"page": request.GET.get("page", "").replace("\x00", "")[:300]},
    )
    if request.method == "POST" and form.is_valid():
        receive(form)
        messages.success(request, _t("Votre message est bien arrivé à la rédaction."))
        return SeeOther(reverse("contact"))
    page, site = SitePage.objects.filter(slug="contact").first(), SiteSettings.current()
    body = site.filled(page.body) if page else ""
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
            transaction.on_commit(lambda: mail.enqueue(message.pk))


@task()
def mail(message_id: int) -> bool:
    """Send a message that has not left yet; tell whether it has now.

    `manage.py contact_messages` tries again what failed or had no address to go to.
    """
    message = ContactMessage.objects.filter(pk=message_id, mailed_at=None).first()
    if message is None or not SiteSettings.current().contact_email:
        return False
    try:
        email_of(message).send()
    except Exception:  # whatever a mail server raises, the row stays and waits
        logger.warning(
            "a contact message could not be mailed: it waits in the admin", exc_info=True
        )
        return False
    ContactMessage.objects.filter(pk=message.pk).update(mailed_at=timezone.now())
    return True


def email_of(message: ContactMessage) -> EmailMessage:
    """Return the mail, whose headers hold nothing typed but the checked address to answer to."""
    magazine = SiteSettings.current()
    link = absolute(reverse("admin:magazine_contactmessage_change", args=[message.pk]))
    with translation.override(settings.LANGUAGE_CODE):
        subject = f"[{magazine.name}] {message.get_subject_display()} ({message.pk})"
        body = render_to_string("magazine/contact_mail.txt", {"message": message, "link": link})
    return EmailMessage(
        subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [magazine.contact_email],
        reply_to=[message.email] if message.email else None,
    )


def unmailed() -> list[int]:
    return list(
        ContactMessage.objects.filter(mailed_at=None, handled_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def prune() -> int:
    """Delete what was handled long ago; return how many."""
    old = timezone.now() - timedelta(days=MONTHS_KEPT * 30)
    return ContactMessage.objects.filter(handled_at__lt=old).delete()[0]
