"""A page of a thread: which reactions, in which order, under which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from articles.models import Article
from comments.models import Comment, CommentQuerySet, ModerationDecision

PAGE_SIZE = 50


@dataclass(frozen=True)
class ThreadPage:
    """comments: those of the page in reading order; number from 1."""

    comments: list[Comment]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_number(self) -> int:
        return self.number + 1

    @property
    def previous_number(self) -> int:
        return self.number - 1

    def groups(self) -> Iterator[tuple[Comment, list[Comment]]]:
        """Yield each first-level reaction with all that answers it.

        A page that begins inside a thread has the rest of it as one group.
        """
        group: list[Comment] = []
        for comment in self.comments:
            if comment.depth == 1 and group:
                yield group[0], group[1:]
                group = []
            group.append(comment)
        if group:
            yield group[0], group[1:]


def page_of_thread(article: Article, number: int) -> ThreadPage:
    """Return a page of the thread, tombstones included; the first for a number out of range.

    One query.
    """
    number = max(1, number)
    start = (number - 1) * PAGE_SIZE
    found = list(_rows(article)[start : start + PAGE_SIZE + 1])
    if not found and number > 1:
        return page_of_thread(article, 1)
    return ThreadPage(found[:PAGE_SIZE], number, len(found) > PAGE_SIZE)


def _rows(article: Article) -> CommentQuerySet:
    last = ModerationDecision.objects.filter(
        comment=OuterRef("pk"), kind=ModerationDecision.Kind.HIDE
    ).order_by("-id")
    return (
        Comment.objects.filter(article=article)
        .for_thread()
        .annotate(
            hidden_for=Subquery(last.values("reason")[:1]),
            hidden_why=Subquery(last.values("explanation")[:1]),
            hidden_at=Subquery(last.values("decided_at")[:1]),
        )
    )


def page_number(comment: Comment) -> int:
    """Return the page on which the reaction stands. One query on an index range."""
    before = Comment.objects.filter(article_id=comment.article_id, path__lt=comment.path).count()
    return before // PAGE_SIZE + 1


def answered(article: Article, pk: str) -> Comment | None:
    """Return the visible reaction of the article that somebody wants to answer, if it is there."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    rows = Comment.objects.visible().filter(article=article, pk=pk)
    return rows.select_related("author").first()
