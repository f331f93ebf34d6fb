from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
