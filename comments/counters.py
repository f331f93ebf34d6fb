"""The only writer of the comment counters.

    Article.comments_count   visible comments on the article
    Author.comments_count    visible comments written by the author

Article before author, in the transaction of the row; the signal serves cascades and bulk deletes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F
from django.db.models.signals import post_delete
from django.dispatch import receiver

from articles.models import Article
from authors.models import Author
from comments.models import Comment
from lib.counting import Correction, Numbers, correct

VISIBLE = "SELECT count(*) FROM comments_comment WHERE {} = id AND state = 'VISIBLE'"


def comment_appeared(comment: Comment) -> None:
    """Count a comment that has become visible. Two queries; call in the transaction of the row."""
    _move(comment, 1)


def comment_vanished(comment: Comment) -> None:
    _move(comment, -1)


def _move(comment: Comment, step: int) -> None:
    Article.objects.filter(pk=comment.article_id).update(comments_count=F("comments_count") + step)
    if comment.author_id:
        Author.objects.filter(pk=comment.author_id).update(
            comments_count=F("comments_count") + step
        )


@receiver(post_delete, sender=Comment)
def comment_deleted(instance: Comment, **_: Any) -> None:
    if instance.is_visible:
        comment_vanished(instance)


def recount(*, check: bool) -> list[Correction]:
    """Compare both counters with the rows; write the right numbers unless `check`."""
    return [
        *correct(
            Article,
            ("comments_count",),
            _comments_of_articles,
            definition=VISIBLE.format("article_id"),
            check=check,
        ),
        *correct(
            Author,
            ("comments_count",),
            _comments_of_authors,
            definition=VISIBLE.format("author_id"),
            check=check,
        ),
    ]


def _comments_of_articles(ids: Collection[int] | None) -> Numbers:
    rows = Comment.objects.visible().order_by()
    rows = rows if ids is None else rows.filter(article__in=ids)
    return {pk: (count,) for pk, count in rows.values_list("article").annotate(Count("pk"))}


def _comments_of_authors(ids: Collection[int] | None) -> Numbers:
    rows = Comment.objects.visible().order_by().filter(author__isnull=False)
    rows = rows if ids is None else rows.filter(author__in=ids)
    return {pk: (count,) for pk, count in rows.values_list("author").annotate(Count("pk"))}
