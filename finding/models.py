from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.fields import LineField


class FoundRow(models.Model):
    """The words of one row of another table. Written by `finding/index.py` only.

    `id` says which row: the number of its kind in the high bits, its own id below, so that the
    newest rows of a kind are the highest ids of one range. `document` holds its tokens.
    """

    id = models.BigIntegerField(primary_key=True)
    document = models.TextField()

    class Meta:
        verbose_name = _("ligne trouvable")
        verbose_name_plural = _("lignes trouvables")

    def __str__(self) -> str:
        return str(self.pk)


class SavedFilter(models.Model):
    """A list of the admin as a person wants to find it again: its query under a name of theirs.

    Written by `finding/saved.py` only.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_filters",
        verbose_name=_("compte"),
    )
    rows = models.CharField(_("liste"), max_length=100)  # the label of its model
    name = LineField(_("nom"), max_length=60)
    query = models.CharField(_("requête"), max_length=1000)

    class Meta:
        verbose_name = _("filtre enregistré")
        verbose_name_plural = _("filtres enregistrés")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "rows", "name"], name="saved_filter_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
