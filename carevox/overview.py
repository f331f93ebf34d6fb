"""What waits for the editors and moderators, for the first page of the admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment, Report
from magazine.models import ContactMessage

SHOWN = 8
MOST = 1000  # beyond, the number says nothing more


@dataclass(frozen=True)
class Waiting:
    """One figure of the overview: `number` of what `label` names, listed at `address`."""

    label: str | Promise
    number: int
    address: str
    is_work: bool = True


def overview(user: Any) -> dict[str, Any]:
    """Return the figures that this person may act on, and the oldest submitted articles. Seven queries at most."""
    figures: list[Waiting] = []
    queue: list[Article] = []
    if user.has_perm("articles.view_article"):
        articles = reverse("admin:articles_article_changelist")
        submitted = Article.objects.filter(status=Article.Status.SUBMITTED)
        queue = list(
            submitted.select_related("author", "section")
            .only("title", "created_at", "author__pseudonym", "section__name")
            .order_by("created_at")[:SHOWN]
        )
        figures += [
            Waiting(
                _("articles proposés"), _number(submitted), f"{articles}?status__exact=SUBMITTED"
            ),
            Waiting(
                _("articles en rédaction"),
                _number(Article.objects.filter(status=Article.Status.DRAFT)),
                f"{articles}?status__exact=DRAFT",
                is_work=False,
            ),
        ]
    if user.has_perm("comments.view_report"):
        comments, reports = (
            reverse("admin:comments_comment_changelist"),
            reverse("admin:comments_report_changelist"),
        )
        unsettled = Report.objects.filter(handled_at=None).order_by()
        figures += [
            Waiting(
                _("réactions signalées"),
                _number(unsettled.filter(comment__isnull=False).values("comment").distinct()),
                f"{comments}?signalees=1",
            ),
            Waiting(
                _("articles signalés"),
                _number(unsettled.filter(article__isnull=False).values("article").distinct()),
                f"{reports}?handled_at__isempty=1&article__isempty=0",
            ),
            Waiting(_("réactions depuis hier"), _recent_comments(), comments, is_work=False),
        ]
    if user.has_perm("magazine.view_contactmessage"):
        letters = reverse("admin:magazine_contactmessage_changelist")
        figures.append(
            Waiting(
                _("messages reçus"),
                _number(ContactMessage.objects.filter(handled_at=None)),
                f"{letters}?handled_at__isempty=1",
            )
        )
    return {"figures": figures, "queue": queue, "most": MOST}


def _number(rows: Any) -> int:
    return rows.order_by()[: MOST + 1].count()


def _recent_comments() -> int:
    """Reactions are numbered as they come: the newest thousand tell how many the last day brought."""
    since = timezone.now() - timedelta(days=1)
    newest = Comment.objects.recent().values_list("created_at", flat=True)[: MOST + 1]
    return sum(written >= since for written in newest)
