"""The periods of the rankings: whole days of the site's time zone, today included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Period:
    """A whole number of days that end today.

    slug: the word of the address; days: how many, None for all of them; label: in the switch;
    words: in a title.
    """

    slug: str
    days: int | None
    label: str | Promise
    words: str | Promise

    def first_day(self, now: datetime | None = None) -> date | None:
        if self.days is None:
            return None
        return timezone.localdate(now) - timedelta(days=self.days - 1)

    def start(self, now: datetime | None = None) -> datetime | None:
        """Return the midnight at which the period begins, None without a beginning."""
        first = self.first_day(now)
        return timezone.make_aware(datetime.combine(first, datetime.min.time())) if first else None


DAY = Period("jour", 1, _("Jour"), _("aujourd’hui"))
WEEK = Period("semaine", 7, _("Semaine"), _("en sept jours"))
MONTH = Period("mois", 30, _("Mois"), _("en trente jours"))
YEAR = Period("annee", 365, _("Année"), _("en un an"))
ALWAYS = Period("toujours", None, _("Toujours"), _("depuis le début"))
PERIODS = {period.slug: period for period in (DAY, WEEK, MONTH, YEAR, ALWAYS)}
