"""Somebody seems in danger: whoever is on call is told by mail, moderators what to do.

`docs/operations.md` has the same procedure at length.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from comments.models import Report
from lib.web.addresses import absolute
from magazine.models import SiteSettings
from outbox import posting

ONE_MAIL = timedelta(hours=1)  # for each text, however many report it
PROCEDURE = (
    _(
        "Lisez le texte maintenant. Une vie est en danger : appelez le 15, le 17 ou le 112, et "
        "dites ce que vous savez du lieu."
    ),
    _(
        "Un conseil, ou un doute : appelez le 3114, jour et nuit. Il répond aussi à qui s’inquiète "
        "pour quelqu’un."
    ),
    _(
        "Une menace ou une annonce en ligne se signale aussi à Pharos, "
        "https://www.internet-signalement.gouv.fr, qui n’est pas un service d’urgence."
    ),
    _(
        "Si vous soupçonnez une infraction pénale qui menace la vie ou la sécurité de quelqu’un, "
        "dites-le sans délai à la police ou à la justice : l’article 18 du règlement (UE) "
        "2022/2065 le demande. Un message de désespoir n’est pas à lui seul une infraction."
    ),
)
ANSWER = _(
    "Bonjour. Nous avons lu ce que vous avez écrit, et nous le prenons au sérieux. Nous ne sommes "
    "pas soignants, mais d’autres peuvent vous aider tout de suite. Si votre vie est en danger, "
    "appelez le 15 ou le 112, ou écrivez un SMS au 114. À toute heure, le 3114 vous écoute, "
    "gratuitement et en toute confidentialité. Si vous le pouvez, dites-le aussi à quelqu’un près "
    "de vous."
)


def advice() -> dict[str, Any]:
    """Return what to do and what to answer, for a page or a mail."""
    return {"procedure": PROCEDURE, "answer": ANSWER}


def alert(report: Report) -> bool:
    """Order a mail to whoever is on call; False if one about this text left within the hour, or
    nobody has an address.

    Call it in the transaction of the report, under the lock of the article.
    """
    site, now = SiteSettings.current(), timezone.now()
    told = Report.objects.filter(
        comment=report.comment, article=report.article, alerted_at__gt=now - ONE_MAIL
    )
    if not site.urgent_email or told.exists():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _t("URGENT : quelqu’un semble en danger (%(what)s)") % {"what": _name(report)}
        body = render_to_string("comments/in_danger_mail.txt", {**_text(report), **advice()})
    posting.post(to=site.urgent_email, subject=f"[{site.name}] {subject}", body=body)
    report.alerted_at = now
    report.save(update_fields=["alerted_at"])
    return True


def _name(report: Report) -> str:
    if report.comment_id:
        return _t("réaction %(n)s") % {"n": report.comment_id}
    return _t("article %(n)s") % {"n": report.article_id}


def _text(report: Report) -> dict[str, str]:
    """Return what is reported and where it is in the admin, without a name of anybody."""
    if report.comment:
        page, text = "admin:comments_comment_change", report.comment.text
    else:
        page, text = "admin:articles_article_change", str(report.article)
    pk = report.comment_id or report.article_id
    return {"link": absolute(reverse(page, args=[pk])), "text": text}
