from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from lib.decisions import Decision
from lib.fields import PlainTextField, only

# What both a reader and a moderator may hold against a text; each adds some of their own.
GROUNDS = ("HEALTH_DANGER", "PRIVACY", "INSULT", "ILLEGAL", "ADVERTISING", "OTHER")


class ModerationDecision(Decision):
    """Who released, hid or restored a reaction or closed its reports, when and why.

    The reason is one of a list, the explanation in the moderator's words. An appeal adds a row.
    """

    FREE_TEXT = ("explanation",)

    class Kind(models.TextChoices):
        HIDE = "HIDE", _("masquer")
        RESTORE = "RESTORE", _("rétablir")
        DISMISS = "DISMISS", _("classer les signalements")
        RELEASE = "RELEASE", _("publier")

    class Reason(models.TextChoices):
        HEALTH_DANGER = "HEALTH_DANGER", _("conseil dangereux pour la santé")
        PRIVACY = "PRIVACY", _("vie privée ou données de santé d’une personne")
        INSULT = "INSULT", _("attaque personnelle")
        ILLEGAL = "ILLEGAL", _("propos contraires à la loi")
        ADVERTISING = "ADVERTISING", _("publicité ou indésirable")
        OFF_TOPIC = "OFF_TOPIC", _("hors sujet")
        OTHER = "OTHER", _("autre motif")

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("réaction")
    )
    kind = models.CharField(_("décision"), max_length=8, choices=Kind)
    reason = models.CharField(_("motif"), max_length=14, choices=Reason, blank=True)
    explanation = PlainTextField(_("précision"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("décision de modération")
        verbose_name_plural = _("décisions de modération")
        ordering = ["-id"]
        constraints = [
            only(
                "kind", ("HIDE", "RESTORE", "DISMISS", "RELEASE"), name="moderation_kind_is_known"
            ),
            only("reason", ("", *GROUNDS, "OFF_TOPIC"), name="moderation_reason_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="HIDE") | ~Q(reason=""), name="hiding_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="DISMISS") | ~Q(explanation=""), name="dismissal_has_explanation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.get_reason_display() or self.explanation}"
