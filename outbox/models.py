from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField, MailAddressField, only

LATE = timedelta(hours=1)  # a mail that waits longer is told to the operator


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> MailQuerySet:
        return self.filter(state=Mail.State.WAITING)

    def due(self) -> MailQuerySet:
        """Return what may be tried now, what has waited longest first."""
        return self.waiting().filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "id")

    def expired(self) -> MailQuerySet:
        return self.due().filter(keep_trying_until__lt=timezone.now())

    def late(self) -> MailQuerySet:
        return self.waiting().filter(created_at__lt=timezone.now() - LATE)


class Mail(models.Model):
    """One mail to one address, from the moment that somebody asks for it.

    Its text may hold a link that opens an account: nobody is shown it, and it is deleted once the
    mail has left. `outbox/posting.py` makes the rows, `outbox/delivery.py` changes them.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("en attente")
        SENT = "SENT", _("parti")
        FAILED = "FAILED", _("abandonné")

    class Trouble(models.TextChoices):
        """Why the last try did not end well, for the people who can do something about it."""

        NONE = "", _("aucune")
        ABSENT = "ABSENT", _("Le serveur d’envoi est introuvable ou n’accepte pas la connexion.")
        SLOW = "SLOW", _("Le serveur d’envoi n’a pas répondu à temps.")
        CUT = "CUT", _("Le serveur d’envoi a coupé la connexion.")
        UNWILLING = "UNWILLING", _("Le serveur d’envoi ne prend pas de courrier en ce moment.")
        ENCRYPTION = "ENCRYPTION", _("La connexion chiffrée avec le serveur d’envoi a échoué.")
        LOGIN = "LOGIN", _("Le serveur d’envoi refuse le nom ou le mot de passe du site.")
        SENDER = "SENDER", _("Le serveur d’envoi refuse l’adresse d’expéditeur du site.")
        RECIPIENT = "RECIPIENT", _("Le serveur d’envoi refuse l’adresse du destinataire.")
        REFUSED = "REFUSED", _("Le serveur d’envoi refuse ce message.")
        UNCONFIRMED = (
            "UNCONFIRMED",
            _("Le serveur d’envoi a reçu le texte sans confirmer : il est peut-être arrivé."),
        )
        INTERRUPTED = "INTERRUPTED", _("L’envoi est en cours, ou a été interrompu.")
        EXPIRED = "EXPIRED", _("Il a attendu trop longtemps : ses liens ne serviraient plus.")
        OTHER = "OTHER", _("L’envoi a échoué pour une raison imprévue, notée au journal.")

    message_id = models.CharField(max_length=250, unique=True)
    recipient = MailAddressField(_("destinataire"), max_length=254)
    reply_to = MailAddressField(max_length=254, blank=True)
    subject = LineField(_("objet"), max_length=250)
    body = models.TextField(blank=True)

    state = models.CharField(_("état"), max_length=7, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    keep_trying_until = models.DateTimeField(_("abandonné après le"))
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    unconfirmed = models.PositiveSmallIntegerField(_("remis sans confirmation"), default=0)
    tried_at = models.DateTimeField(_("dernier essai"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("prochain essai"), null=True, blank=True)
    ended_at = models.DateTimeField(_("parti ou abandonné le"), null=True, blank=True)
    trouble = models.CharField(
        _("dernière difficulté"), max_length=11, choices=Trouble, blank=True, default=Trouble.NONE
    )
    answer = LineField(_("réponse du serveur"), max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        ordering = ["-id"]
        constraints = [
            only("state", ("WAITING", "SENT", "FAILED"), name="mail_state_is_known"),
            only(
                "trouble",
                (
                    *("", "ABSENT", "SLOW", "CUT", "UNWILLING", "ENCRYPTION", "LOGIN", "SENDER"),
                    *("RECIPIENT", "REFUSED", "UNCONFIRMED", "INTERRUPTED", "EXPIRED", "OTHER"),
                ),
                name="mail_trouble_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="WAITING", next_try_at__isnull=False, ended_at=None)
                | models.Q(~models.Q(state="WAITING"), next_try_at=None, ended_at__isnull=False),
                name="mail_waits_or_has_ended",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="SENT") | models.Q(body=""),
                name="sent_mail_keeps_no_text",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),  # the next to try
            models.Index(fields=["ended_at"], name="mail_ended"),  # the old ones to delete
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.pk})"
