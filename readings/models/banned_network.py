"""Networks from where readings are made up."""

from __future__ import annotations

from ipaddress import ip_network

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField


class BannedNetwork(models.Model):
    """A network whose readings no longer count, because somebody pushes articles from there."""

    prefix = models.CharField(
        _("réseau"),
        max_length=43,
        unique=True,
        help_text=_("Par exemple 203.0.113.0/24 ou 2001:db8:1:2::/64."),
    )
    reason = LineField(_("motif"), max_length=300)

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("par"),
    )
    decided_at = models.DateTimeField(_("le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("réseau écarté")
        verbose_name_plural = _("réseaux écartés")
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="banned_network_has_reason"),
        ]

    def __str__(self) -> str:
        return self.prefix

    def clean(self) -> None:
        try:
            self.prefix = str(ip_network(self.prefix.strip(), strict=False))
        except ValueError as error:
            raise ValidationError(
                {"prefix": _("Ce n’est pas un réseau : écrivez par exemple 203.0.113.0/24.")}
            ) from error
