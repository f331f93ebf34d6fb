"""What waits for the editors and moderators, for the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from care.checks import check_due
from care.models import CareCard, HelpLine
from carevox.admin import waiting
from carevox.admin.waiting import Row
from comments.models import Comment
from magazine.models import SiteSettings
from outbox.models import Mail

MOST = 1000  # beyond, the number says nothing more


@dataclass(frozen=True)
class Figure:
    """How many of what `label` names, listed at `address`; `is_work`: somebody has to act.

    `number` is rows until they are counted.
    """

    label: str | Promise
    number: int | QuerySet[Any, Any]
    address: str
    is_work: bool = True


@dataclass(frozen=True)
class Kind:
    """What waits of one kind: how many, listed where, and the first of them."""

    label: str | Promise
    number: int
    address: str
    rows: list[Row]


def overview(user: Any, site: SiteSettings) -> dict[str, Any]:
    """Return what waits for this person, the kind whose oldest row has waited longest first; then
    figures; and what the site lacks before it opens.

    Two queries, and one for each kind of which something waits.
    """
    kinds = waiting.kinds(user)
    figures = [
        *(_of_comments() if user.has_perm("comments.view_report") else []),
        *(_of_articles() if user.has_perm("articles.view_article") else []),
        *(_of_mails() if user.has_perm("outbox.view_mail") else []),
    ]
    due = _of_care(user)
    wanted = [
        Figure(one.label, one.all if one.counted is None else one.counted, "") for one in kinds
    ]
    counted = _counted([*wanted, *figures, *due])
    numbers = [cast("int", figure.number) for figure in counted[: len(kinds)]]
    first = [
        Kind(one.label, number, one.address, one.rows())
        for one, number in zip(kinds, numbers, strict=True)
        if number
    ]
    rest = counted[len(kinds) :]
    sees_settings = user.has_perm("magazine.change_sitesettings")
    missing = site.missing if sees_settings else []
    return {
        "waiting": sorted(first, key=lambda kind: min(row.since for row in kind.rows)),
        "may_have_work": bool(kinds),
        "figures": rest[: len(figures)],
        "gaps": _gaps() if user.has_perm("articles.change_article") else [],
        "most": MOST,
        "missing": missing,
        "lacks_on_call": sees_settings and not site.on_call_email,
        "due": [figure for figure in rest[len(figures) :] if figure.number],
    }


def _of_comments() -> list[Figure]:
    comments = reverse("admin:comments_comment_changelist")
    return [Figure(_("réactions depuis hier"), _recent_comments(), comments, is_work=False)]


def _of_articles() -> list[Figure]:
    articles = reverse("admin:articles_article_changelist")
    drafts = Article.objects.filter(status=Article.Status.DRAFT)
    address = f"{articles}?status__exact=DRAFT"
    return [Figure(_("articles en rédaction"), drafts, address, is_work=False)]


def _gaps() -> list[tuple[str | Promise, str]]:
    """Return where what is missing is listed: not counted here, that would read every article."""
    articles = f"{reverse('admin:articles_article_changelist')}?status__exact=PUBLISHED&manque="
    return [
        (_("sans image"), f"{articles}image"),
        (_("sans source"), f"{articles}source"),
        (_("sans déclaration d’intérêts"), f"{articles}interets"),
        (_("avec une image sans texte de remplacement"), f"{articles}texte"),
    ]


def _of_mails() -> list[Figure]:
    mails = reverse("admin:outbox_mail_changelist")
    late, failed = Mail.objects.late(), Mail.objects.filter(state=Mail.State.FAILED)
    return [
        Figure(
            _("courriels qui attendent depuis plus d’une heure"),
            late,
            f"{mails}?state__exact=WAITING",
        ),
        Figure(_("courriels abandonnés"), failed, f"{mails}?state__exact=FAILED"),
    ]


def _of_care(user: Any) -> list[Figure]:
    """Return what was never checked or signed, for those who may do so."""
    lines = reverse("admin:care_helpline_changelist")
    cards = reverse("admin:care_carecard_changelist")
    unchecked = HelpLine.objects.filter(check_due())
    unsigned = CareCard.objects.filter(signed_by="")
    return [
        *(
            [Figure(_("numéros d’aide à vérifier"), unchecked, f"{lines}?verification=due")]
            if user.has_perm("care.change_helpline")
            else []
        ),
        *(
            [Figure(_("cartes d’aide que personne n’a signées"), unsigned, cards)]
            if user.has_perm("care.change_carecard")
            else []
        ),
    ]


def _counted(figures: list[Figure]) -> list[Figure]:
    """Return the figures with the rows counted, each to MOST. One query for all."""
    rows = [figure.number for figure in figures if isinstance(figure.number, QuerySet)]
    numbers = iter(_numbers(rows))
    return [
        replace(figure, number=next(numbers)) if isinstance(figure.number, QuerySet) else figure
        for figure in figures
    ]


def _numbers(queries: list[QuerySet[Any, Any]]) -> list[int]:
    if not queries:
        return []
    keys = [rows if rows.query.distinct else rows.values("pk") for rows in queries]
    asked = [rows.order_by()[: MOST + 1].query.sql_with_params() for rows in keys]
    counts = [f"(SELECT count(*) FROM ({sql}) AS n{n})" for n, (sql, _) in enumerate(asked)]  # noqa: S608  (made by Django)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [one for _, all in asked for one in all])
        return list(cursor.fetchone())


def _recent_comments() -> int:
    """Return how many the last day brought, counted among the newest thousand.

    Comments are numbered as they come, so that no index on the date is needed.
    """
    since = timezone.now() - timedelta(days=1)
    newest = Comment.objects.recent().values_list("created_at", flat=True)[: MOST + 1]
    return sum(created_at >= since for created_at in newest)
