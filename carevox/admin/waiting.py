"""What waits for the person on the first page of the admin: since when, the oldest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleDecision, Revision
from articles.models.versioned import WAITS
from authors.models import Author
from comments.models import Comment, Report
from lib.text import excerpt
from magazine.models import ContactMessage

SHOWN = 5  # of each kind
LETTERS = 90  # of what somebody wrote

Status = Article.Status


@dataclass(frozen=True)
class Row:
    """One thing that waits; `about`: whose it is, where it stands."""

    text: str
    about: str
    since: datetime
    address: str


@dataclass(frozen=True)
class Waiting:
    """All rows of a kind, listed at `address`, in the order in which they are to be read."""

    label: str | Promise
    all: QuerySet[Any, Any]
    address: str
    row: Callable[[Any], Row]
    counted: QuerySet[Any, Any] | None = None  # where several rows are one thing

    def rows(self) -> list[Row]:
        return [self.row(one) for one in self.all[:SHOWN]]


def kinds(user: Any) -> list[Waiting]:
    """Return what may wait for the person, whether something does or not. No query.

    Whatever else comes to wait has its line here.
    """
    publishes = user.has_perm("articles.publish_article")
    author = getattr(user, "author", None)
    return [
        *([_held(), _reported_comments(), _reported_articles()] if _moderates(user) else []),
        *([_submitted(), _working_versions()] if publishes else []),
        *([_own_drafts(author)] if author and user.has_perm("articles.change_article") else []),
        *([_messages()] if user.has_perm("magazine.view_contactmessage") else []),
    ]


def _moderates(user: Any) -> bool:
    may: bool = user.has_perm("comments.view_report")
    return may


def _form(name: str, pk: int) -> str:
    return reverse(f"admin:{name}_change", args=[pk])


def _held() -> Waiting:
    def row(comment: Comment) -> Row:
        form = _form("comments_comment", comment.pk)
        text = excerpt(comment.text, LETTERS)
        return Row(text, comment.shown_name, comment.created_at, form)

    held = Comment.objects.held().select_related("author").defer("html").order_by("id")
    place = f"{reverse('admin:comments_comment_changelist')}?a-lire=1"
    return Waiting(_("réactions à lire"), held, place, row)


def _reported_comments() -> Waiting:
    """Return the reactions with open reports, the gravest first as in their list."""

    def row(report: Report) -> Row:
        text = excerpt(report.comment.text, LETTERS) if report.comment else ""
        form = _form("comments_comment", report.comment_id or 0)
        return Row(text, report.get_reason_display(), report.created_at, form)

    open_ones = Report.objects.filter(handled_at=None, comment__isnull=False)
    found = open_ones.select_related("comment").defer("comment__html").order_by("turn", "id")
    counted = open_ones.order_by().values("comment").distinct()
    place = f"{reverse('admin:comments_comment_changelist')}?signalees=1"
    return Waiting(_("réactions signalées"), found, place, row, counted)


def _reported_articles() -> Waiting:
    def row(report: Report) -> Row:
        form = _form("articles_article", report.article_id or 0)
        return Row(str(report.article), report.get_reason_display(), report.created_at, form)

    open_ones = Report.objects.filter(handled_at=None, article__isnull=False)
    found = open_ones.select_related("article").order_by("turn", "id")
    found = found.only("reason", "created_at", "article__title")
    counted = open_ones.order_by().values("article").distinct()
    query = "?handled_at__isempty=1&article__isempty=0"
    place = f"{reverse('admin:comments_report_changelist')}{query}"
    return Waiting(_("articles signalés"), found, place, row, counted)


def _article_row(article: Any) -> Row:
    about = f"{article.author.pseudonym}, {article.section.name}"
    return Row(article.title, about, article.since, _form("articles_article", article.pk))


def _articles(rows: QuerySet[Article], since: Any) -> QuerySet[Article]:
    shown = ("title", "author__pseudonym", "section__name")
    return (
        rows.select_related("author", "section")
        .only(*shown)
        .annotate(since=since)
        .order_by("since", "pk")
    )


def _submitted() -> Waiting:
    moves = ArticleDecision.objects.filter(article=OuterRef("pk"), to_status=Status.SUBMITTED)
    since = Coalesce(Subquery(moves.order_by("-pk").values("decided_at")[:1]), "created_at")
    submitted = _articles(Article.objects.filter(status=Status.SUBMITTED), since)
    place = f"{reverse('admin:articles_article_changelist')}?status__exact=SUBMITTED"
    return Waiting(_("articles proposés"), submitted, place, _article_row)


def _working_versions() -> Waiting:
    """Return what was saved of published texts and readers do not see, by when it was saved."""
    saved = Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("last_version"))
    waiting = _articles(Article.objects.filter(WAITS), Subquery(saved.values("created_at")[:1]))
    place = f"{reverse('admin:articles_article_changelist')}?version=en-attente"
    return Waiting(_("versions à mettre en ligne"), waiting, place, _article_row)


def _own_drafts(author: Author) -> Waiting:
    own = Article.objects.filter(status=Status.DRAFT, author=author)
    place = reverse("admin:articles_article_changelist")
    query = f"?status__exact=DRAFT&author={author.pk}"
    drafts = _articles(own, F("updated_at"))
    return Waiting(_("de vos brouillons"), drafts, f"{place}{query}", _article_row)


def _messages() -> Waiting:
    def row(letter: ContactMessage) -> Row:
        about = f"{letter.get_subject_display()}, {letter.name}"
        form = _form("magazine_contactmessage", letter.pk)
        return Row(excerpt(letter.text, LETTERS), about, letter.created_at, form)

    unhandled = ContactMessage.objects.filter(handled_at=None).order_by("created_at", "pk")
    place = f"{reverse('admin:magazine_contactmessage_changelist')}?handled_at__isempty=1"
    return Waiting(_("messages reçus"), unhandled, place, row)
