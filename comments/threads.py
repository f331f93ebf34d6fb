"""A page of a thread: which reactions, in which order, at which address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery

from articles.models import Article
from authors.models import Author
from comments.models import Comment, CommentQuerySet, ModerationDecision
from lib.paging import KeysetPage, page_of, write_cursor

PAGE_SIZE = 50
Thread = tuple[Comment, list[Comment]]  # a reaction and what answers it


def page_of_thread(
    article: Article, after: str = "", before: str = "", *, reader: Author | None = None
) -> KeysetPage[Comment]:
    """Return the page that follows or precedes a cursor, with tombstones and what the reader has
    written and nobody read yet; else the first one.

    One query, two for a cursor beyond the end.
    """
    rows = _rows(article, reader)
    page = page_of(rows, keys=("path", "id"), after=after, before=before, size=PAGE_SIZE)
    return page if page.items or not (after or before) else page_of_thread(article, reader=reader)


def groups(comments: Iterable[Comment]) -> Iterator[Thread]:
    """Yield each first-level reaction with all that answers it.

    A page that begins inside a thread has the rest of it as one group.
    """
    group: list[Comment] = []
    for comment in comments:
        if comment.depth == 1 and group:
            yield group[0], group[1:]
            group = []
        group.append(comment)
    if group:
        yield group[0], group[1:]


def _rows(article: Article, reader: Author | None) -> CommentQuerySet:
    last = ModerationDecision.objects.filter(
        comment=OuterRef("pk"), kind=ModerationDecision.Kind.HIDE
    ).order_by("-id")
    return (
        Comment.objects.filter(article=article)
        .seen_by(reader)
        .for_thread()
        .annotate(
            hidden_for=Subquery(last.values("reason")[:1]),
            hidden_why=Subquery(last.values("explanation")[:1]),
            hidden_at=Subquery(last.values("decided_at")[:1]),
        )
    )


def page_query(comment: Comment, reader: Author | None = None) -> str:
    """Return the query of the page on which the reaction stands for a reader, "" for the first one.

    Two queries on an index range.
    """
    seen = Comment.objects.filter(article_id=comment.article_id).seen_by(reader)
    rows = seen.order_by("path")
    before = rows.filter(path__lt=comment.path).count()
    if before < PAGE_SIZE:
        return ""
    last = before - before % PAGE_SIZE - 1  # of the page before
    position = rows.values_list("path", "id")[last]
    return urlencode({"apres": write_cursor([*position])})


def answered(article: Article, pk: str) -> Comment | None:
    """Return the visible reaction of the article that somebody wants to answer, if it is there."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    rows = Comment.objects.visible().filter(article=article, pk=pk)
    return rows.select_related("author").first()
