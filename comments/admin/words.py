"""What both lists say: how grave a report is, when, what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import moderation
from comments.models import GRAVITY, Comment, Report

State = Comment.State

# In one word each.
REASONS = {
    Report.Reason.IN_DANGER: _("En danger"),
    Report.Reason.HEALTH_DANGER: _("Danger"),
    Report.Reason.ILLEGAL: _("Illégal"),
    Report.Reason.PRIVACY: _("Données privées"),
    Report.Reason.INSULT: _("Insulte"),
    Report.Reason.ERROR: _("Erreur"),
    Report.Reason.ADVERTISING: _("Publicité"),
    Report.Reason.OTHER: _("Autre"),
}
GRAVITY_IN_WORDS = {reason: REASONS[Report.Reason(reason)] for reason in GRAVITY}


def day_and_hour(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def why_kept(name: str, chosen: QuerySet[Comment]) -> Callable[[Comment], str | Promise]:
    """Return what says why the decision of this name would leave a reaction as it is: nothing for
    one that it would change. One query where reports are asked for."""
    if name == "dismiss":
        waiting = Report.objects.filter(comment__in=chosen.order_by(), handled_at=None)
        reported = set(waiting.order_by().values_list("comment", flat=True))
        return lambda comment: "" if comment.pk in reported else _("aucun signalement à traiter")
    fitting = {"release": {State.HELD}, "restore": {State.HIDDEN}}.get(
        name, {State.HELD, State.VISIBLE}
    )
    return lambda comment: "" if comment.state in fitting else comment.get_state_display()


def dismissed(reports: QuerySet[Report], words: dict[str, Any]) -> str:
    n = moderation.dismiss(reports, **words)
    return ngettext("%(n)s signalement classé.", "%(n)s signalements classés.", n) % {"n": n}
