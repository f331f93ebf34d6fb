from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lib import bulk
from lib.admin import ReadOnlyAdmin
from outbox import posting
from outbox.models import Mail


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """What has left, waits or was given up, and why; never the text, which may open an account."""

    list_display = [
        "subject",
        "recipient",
        "state",
        "created_at",
        "tries",
        "next_try_at",
        "trouble",
        "ended_at",
    ]
    list_filter = ["state", "trouble"]
    search_fields = ["recipient__istartswith"]
    search_help_text = _("Le début de l’adresse du destinataire.")
    fields = [
        "subject",
        "recipient",
        "state",
        "created_at",
        "tries",
        "tried_at",
        "next_try_at",
        "keep_trying_until",
        "ended_at",
        "trouble",
        "answer",
        "unconfirmed",
        "message_id",
    ]
    actions = ["retry_selected"]

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_mail")

    @admin.action(description=_("Réessayer maintenant…"), permissions=["retry"])
    def retry_selected(self, request: HttpRequest, chosen: QuerySet[Mail]) -> HttpResponse | None:
        if bulk.are_too_many(request, chosen):
            return None
        if not bulk.is_agreed(request):
            preview = bulk.sorted_out(
                chosen, lambda mail: _t("déjà parti") if mail.state == Mail.State.SENT else ""
            )
            title, button = _t("Réessayer d’envoyer des courriels"), _t("Réessayer maintenant")
            return bulk.ask(request, self, preview, title=title, button=button)
        done = posting.retry(chosen)
        messages.success(
            request,
            ngettext(
                "%(n)s courriel repart. Ce qui était déjà parti reste tel quel.",
                "%(n)s courriels repartent. Ce qui était déjà parti reste tel quel.",
                done,
            )
            % {"n": done},
        )
        return None
