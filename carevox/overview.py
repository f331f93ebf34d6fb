"""What waits for the editors and moderators, for the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment, Report
from magazine.models import ContactMessage, SiteSettings
from outbox.models import Mail

SHOWN = 8
MOST = 1000  # beyond, the number says nothing more


@dataclass(frozen=True)
class Figure:
    """`number` of what `label` names, listed at `address`; `is_work`: somebody has to act."""

    label: str | Promise
    number: int
    address: str
    is_work: bool = True


def overview(user: Any) -> dict[str, Any]:
    """Return the figures that this person may act on, the oldest submitted articles, and the facts
    of the site that are missing before it opens.

    Ten queries at most.
    """
    sees_articles = user.has_perm("articles.view_article")
    figures = [
        *(_of_articles() if sees_articles else []),
        *(_of_comments() if user.has_perm("comments.view_report") else []),
        *(_of_messages() if user.has_perm("magazine.view_contactmessage") else []),
        *(_of_mails() if user.has_perm("outbox.view_mail") else []),
    ]
    queue = list(_oldest_submitted()) if sees_articles else []
    sees_settings = user.has_perm("magazine.change_sitesettings")
    missing = SiteSettings.current().missing if sees_settings else []
    return {"figures": figures, "queue": queue, "most": MOST, "missing": missing}


def _of_articles() -> list[Figure]:
    articles = reverse("admin:articles_article_changelist")
    submitted = _number(Article.objects.filter(status=Article.Status.SUBMITTED))
    drafts = _number(Article.objects.filter(status=Article.Status.DRAFT))
    return [
        Figure(_("articles proposés"), submitted, f"{articles}?status__exact=SUBMITTED"),
        Figure(
            _("articles en rédaction"), drafts, f"{articles}?status__exact=DRAFT", is_work=False
        ),
    ]


def _of_comments() -> list[Figure]:
    comments = reverse("admin:comments_comment_changelist")
    reports = reverse("admin:comments_report_changelist")
    unsettled = Report.objects.filter(handled_at=None).order_by()
    on_comments = unsettled.filter(comment__isnull=False).values("comment").distinct()
    on_articles = unsettled.filter(article__isnull=False).values("article").distinct()
    return [
        Figure(_("réactions signalées"), _number(on_comments), f"{comments}?signalees=1"),
        Figure(
            _("articles signalés"),
            _number(on_articles),
            f"{reports}?handled_at__isempty=1&article__isempty=0",
        ),
        Figure(_("réactions depuis hier"), _recent_comments(), comments, is_work=False),
    ]


def _of_messages() -> list[Figure]:
    messages = reverse("admin:magazine_contactmessage_changelist")
    unhandled = _number(ContactMessage.objects.filter(handled_at=None))
    return [Figure(_("messages reçus"), unhandled, f"{messages}?handled_at__isempty=1")]


def _of_mails() -> list[Figure]:
    mails = reverse("admin:outbox_mail_changelist")
    late, failed = Mail.objects.late(), Mail.objects.filter(state=Mail.State.FAILED)
    return [
        Figure(
            _("courriels qui attendent depuis plus d’une heure"),
            _number(late),
            f"{mails}?state__exact=WAITING",
        ),
        Figure(_("courriels abandonnés"), _number(failed), f"{mails}?state__exact=FAILED"),
    ]


def _oldest_submitted() -> QuerySet[Article]:
    submitted = Article.objects.filter(status=Article.Status.SUBMITTED)
    return (
        submitted.select_related("author", "section")
        .only("title", "created_at", "author__pseudonym", "section__name")
        .order_by("created_at")[:SHOWN]
    )


def _number(rows: QuerySet[Any, Any]) -> int:
    return rows.order_by()[: MOST + 1].count()


def _recent_comments() -> int:
    """Return how many the last day brought, counted among the newest thousand.

    Comments are numbered as they come, so that no index on the date is needed.
    """
    since = timezone.now() - timedelta(days=1)
    newest = Comment.objects.recent().values_list("created_at", flat=True)[: MOST + 1]
    return sum(created_at >= since for created_at in newest)
