"""Moderators release, hide and restore, readers report.

A decision is a row with actor, reason and time, never just a flag.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, ArticleDecision
from authors.models import Author
from comments import changes, counters, on_call
from comments.models import Comment, ModerationDecision, Report

if TYPE_CHECKING:
    from authors.models import User

Kind = ModerationDecision.Kind


def release(comment: Comment, *, actor: User | None, explanation: str = "") -> bool:
    """Show a reaction that was held; False if it was not."""
    with transaction.atomic():
        locked = _locked(comment)
        if not locked.is_held:
            return False
        _show(locked, Kind.RELEASE, actor, explanation)
        return True


def hide(comment: Comment, *, actor: User | None, reason: str, explanation: str = "") -> bool:
    """Replace the text by a tombstone that gives the reason, and settle its reports.

    One that waits may be hidden before anybody has seen it. False if it was gone already.
    """
    if reason not in ModerationDecision.Reason.values:
        raise ValueError(f"unknown reason: {reason!r}")
    with transaction.atomic():
        locked = _locked(comment)
        if not locked.is_live:
            return False
        was_visible = locked.is_visible
        _decide(locked, Kind.HIDE, Comment.State.HIDDEN, actor, reason, explanation)
        settle(Report.objects.filter(comment=locked), actor=actor)
        if was_visible:
            counters.comment_vanished(locked)
            changes.hidden.announce(locked)
        return True


def restore(comment: Comment, *, actor: User | None, explanation: str) -> bool:
    """Show a hidden reaction again; what its author took back stays away.

    False if it was not hidden.
    """
    _check_explained(explanation)
    with transaction.atomic():
        locked = _locked(comment)
        if locked.state != Comment.State.HIDDEN:
            return False
        _show(locked, Kind.RESTORE, actor, explanation)
        return True


def _show(comment: Comment, kind: str, actor: User | None, explanation: str) -> None:
    _decide(comment, kind, Comment.State.VISIBLE, actor, "", explanation)
    counters.comment_appeared(comment)
    changes.shown.announce(comment)


def _locked(comment: Comment) -> Comment:
    """Return the row under the locks that every writer takes, article first."""
    Article.objects.select_for_update(no_key=True).get(pk=comment.article_id)
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)


def _decide(
    comment: Comment, kind: str, state: str, actor: User | None, reason: str, explanation: str
) -> None:
    ModerationDecision.objects.create(
        comment=comment, kind=kind, reason=reason, explanation=explanation, actor=actor
    )
    comment.state = state
    comment.save(update_fields=["state"])


def report(
    *,
    reason: str,
    message: str = "",
    reporter: Author | None = None,
    comment: Comment | None = None,
    article: Article | None = None,
) -> Report | None:
    """Keep a complaint about one text; None if this reader's earlier one still waits.

    Somebody in danger is told to whoever is on call, and makes the reader's earlier report graver.
    """
    is_urgent = reason == Report.Reason.IN_DANGER
    row = Report(
        comment=comment, article=article, reporter=reporter, reason=reason, message=message
    )
    with transaction.atomic():
        if is_urgent and (pk := comment.article_id if comment else article and article.pk):
            Article.objects.select_for_update(no_key=True).get(pk=pk)
        kept = _kept(row) or (_made_graver(row) if is_urgent else None)
        if kept and is_urgent:
            on_call.alert(kept)
        return kept


def _kept(row: Report) -> Report | None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            return row
    except IntegrityError:
        return None


def _made_graver(row: Report) -> Report | None:
    """Give the reason and the words to what the same reader has reported before."""
    same = Report.objects.filter(comment=row.comment, article=row.article, reporter=row.reporter)
    earlier = same.filter(handled_at=None).exclude(reason=row.reason).first()
    if earlier:
        earlier.reason, earlier.message = row.reason, row.message or earlier.message
        earlier.save(update_fields=["reason", "message"])
    return earlier


def dismiss(reports: QuerySet[Report], *, actor: User | None, explanation: str) -> int:
    """Close the open ones of these reports without consequence; return how many there were.

    Each text gets one decision.
    """
    _check_explained(explanation)
    with transaction.atomic():
        waiting = list(
            Report.objects.filter(pk__in=reports.order_by().values("pk"), handled_at=None)
            .order_by("pk")
            .select_for_update(no_key=True)
        )
        for pk in sorted({report.comment_id for report in waiting if report.comment_id}):
            ModerationDecision.objects.create(
                comment_id=pk, kind=Kind.DISMISS, explanation=explanation, actor=actor
            )
        for pk, count in sorted(
            Counter(report.article_id for report in waiting if report.article_id).items()
        ):
            note = _("signalements : %(n)s") % {"n": count}
            ArticleDecision.objects.create(
                article_id=pk,
                kind=ArticleDecision.Kind.REPORTS,
                note=note,
                reason=explanation.strip(),
                actor=actor,
            )
        return settle(Report.objects.filter(pk__in=[report.pk for report in waiting]), actor=actor)


def _check_explained(explanation: str) -> None:
    if not explanation.strip():
        raise ValueError("a decision needs an explanation")


def settle(reports: QuerySet[Report], *, actor: User | None) -> int:
    """Close the open ones of these reports; return how many there were."""
    return reports.filter(handled_at__isnull=True).update(
        handled_at=timezone.now(), handled_by=actor
    )
