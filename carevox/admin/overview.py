"""What waits for the editors and moderators, for the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from care.checks import check_due
from care.models import CareCard, HelpLine
from comments.models import Comment, Report
from magazine.models import ContactMessage, SiteSettings
from outbox.models import Mail

SHOWN = 8
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


def overview(user: Any, site: SiteSettings) -> dict[str, Any]:
    """Return the figures that this person may act on, the oldest submitted articles, and what the
    site lacks before it opens.

    Three queries at most.
    """
    sees_articles = user.has_perm("articles.view_article")
    figures = [
        *(_of_comments() if user.has_perm("comments.view_report") else []),
        *(_of_articles() if sees_articles else []),
        *(_of_messages() if user.has_perm("magazine.view_contactmessage") else []),
        *(_of_mails() if user.has_perm("outbox.view_mail") else []),
    ]
    due = _of_care(user)
    counted = _counted([*figures, *due])
    queue = list(_oldest_submitted()) if sees_articles else []
    sees_settings = user.has_perm("magazine.change_sitesettings")
    missing = site.missing if sees_settings else []
    return {
        "figures": counted[: len(figures)],
        "queue": queue,
        "most": MOST,
        "missing": missing,
        "lacks_on_call": sees_settings and not site.on_call_email,
        "due": [figure for figure in counted[len(figures) :] if figure.number],
    }


def _of_comments() -> list[Figure]:
    comments = reverse("admin:comments_comment_changelist")
    reports = reverse("admin:comments_report_changelist")
    unsettled = Report.objects.filter(handled_at=None).order_by()
    on_comments = unsettled.filter(comment__isnull=False).values("comment").distinct()
    on_articles = unsettled.filter(article__isnull=False).values("article").distinct()
    return [
        Figure(_("réactions à lire"), Comment.objects.held(), f"{comments}?a-lire=1"),
        Figure(_("réactions signalées"), on_comments, f"{comments}?signalees=1"),
        Figure(
            _("articles signalés"),
            on_articles,
            f"{reports}?handled_at__isempty=1&article__isempty=0",
        ),
        Figure(_("réactions depuis hier"), _recent_comments(), comments, is_work=False),
    ]


def _of_articles() -> list[Figure]:
    articles = reverse("admin:articles_article_changelist")
    submitted = Article.objects.filter(status=Article.Status.SUBMITTED)
    drafts = Article.objects.filter(status=Article.Status.DRAFT)
    return [
        Figure(_("articles proposés"), submitted, f"{articles}?status__exact=SUBMITTED"),
        Figure(
            _("articles en rédaction"), drafts, f"{articles}?status__exact=DRAFT", is_work=False
        ),
    ]


def _of_messages() -> list[Figure]:
    messages = reverse("admin:magazine_contactmessage_changelist")
    unhandled = ContactMessage.objects.filter(handled_at=None)
    return [Figure(_("messages reçus"), unhandled, f"{messages}?handled_at__isempty=1")]


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


def _oldest_submitted() -> QuerySet[Article]:
    submitted = Article.objects.filter(status=Article.Status.SUBMITTED)
    return (
        submitted.select_related("author", "section")
        .only("title", "created_at", "author__pseudonym", "section__name")
        .order_by("created_at")[:SHOWN]
    )


def _recent_comments() -> int:
    """Return how many the last day brought, counted among the newest thousand.

    Comments are numbered as they come, so that no index on the date is needed.
    """
    since = timezone.now() - timedelta(days=1)
    newest = Comment.objects.recent().values_list("created_at", flat=True)[: MOST + 1]
    return sum(created_at >= since for created_at in newest)
