from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import CompressedJSONField

PLACE = 120  # characters: the name of a model and the number of a row
TAB = 40  # characters


class Autosave(models.Model):
    """What somebody has typed into a form and not saved yet.

    One row a person, text and open tab, written over every few seconds, outside the history; gone
    once it is saved. Nobody but its owner ever reads it. `place` names the text, and is not a key:
    a text that was never saved has none.
    """

    LIFE = timedelta(days=30)
    MOST = 3  # tabs of one text: the latest

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("de")
    )
    place = models.CharField(_("texte"), max_length=PLACE)
    tab = models.CharField(_("onglet"), max_length=TAB)
    content = CompressedJSONField(_("contenu"))
    kept_at = models.DateTimeField(_("gardé le"), default=timezone.now)

    class Meta:
        verbose_name = _("texte gardé")
        verbose_name_plural = _("textes gardés")
        ordering = ["-kept_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "place", "tab"], name="autosave_once_per_tab")
        ]
        indexes = [models.Index(fields=["kept_at"], name="autosave_oldest")]  # what is forgotten


class Presence(models.Model):
    """An open form: who has it, in which tab, and when the browser said so last."""

    ALIVE = timedelta(seconds=45)  # three times what the browser waits between two signs

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("qui")
    )
    place = models.CharField(_("texte"), max_length=PLACE)
    tab = models.CharField(_("onglet"), max_length=TAB)
    opened_at = models.DateTimeField(_("depuis"), default=timezone.now)
    seen_at = models.DateTimeField(_("vu le"), default=timezone.now)
    took_over_at = models.DateTimeField(_("a pris la main le"), null=True, blank=True)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "owner", "tab"], name="presence_once_per_tab")
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_oldest")]  # what is forgotten
