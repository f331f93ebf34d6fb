from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

VERSIONS_ARE_ORDERED = models.CheckConstraint(
    condition=models.Q(live_version__lte=models.F("last_version")),
    name="article_live_version_is_kept",
)

WAITS = models.Q(live_version__gt=0, live_version__lt=models.F("last_version"))
# the first page of the admin, and the list filtered by what is not online yet
WAITING = models.Index(fields=["id"], name="article_waits", condition=WAITS)


class Versioned(models.Model):
    """Which versions of its text an article has: the one that readers see, and the last one saved.

    The row holds what readers see. What is saved of a published text is a version only, the working
    version, until it is put online (`articles/publishing/replacing.py`).
    """

    VERSION_FIELDS: ClassVar[tuple[str, ...]] = ("live_version", "last_version")
    MOST_TOLD: ClassVar[int] = 20

    live_version = models.PositiveIntegerField(
        _("version en ligne"),
        default=0,
        editable=False,
        help_text=_("Celle que les lecteurs voient, ou ont vue en dernier ; 0 : aucune."),
    )
    last_version = models.PositiveIntegerField(_("dernière version"), default=0, editable=False)

    told_corrections = models.JSONField(
        _("rectificatifs montrés"), default=list, editable=False
    )  # copies of the last rows of Correction, so that pages and feeds ask nothing more

    working: dict[str, Any] | None = None  # given by `versions.load_working`
    made_version = False  # given by articles.admin: whether the form that was saved made one

    class Meta:
        abstract = True

    @property
    def has_working_version(self) -> bool:
        """Tell whether something was saved that readers have not seen."""
        return 0 < self.live_version < self.last_version
