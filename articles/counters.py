"""The only writer of the counters that come from articles and ratings.

    Article.ratings_count, ratings_sum   the ratings of the article
    Article.has_notice                   a warning stands above it; written by articles/notices.py
    Author.articles_count                the author's published articles
    Author.ratings_count, ratings_sum    the ratings of the author's published articles

Each change is a difference that the database applies in the transaction of the row that it
describes, article before author. The signals serve every path that deletes rows: a rating taken
back, cascades and bulk deletes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.signals import post_delete
from django.dispatch import receiver

from articles import changes
from articles.models import Article, Rating, UrgentNotice
from authors.models import Author
from lib.counting import Correction, Numbers, correct


def ratings_moved(article: Article, *, count: int, total: int) -> None:
    """Add the differences to the article, and to its author if it is published; announce `rated`.

    Two queries; call under the article's lock, when the row stands.
    """
    Article.objects.filter(pk=article.pk).update(
        ratings_count=F("ratings_count") + count, ratings_sum=F("ratings_sum") + total
    )
    if article.is_published:
        Author.objects.filter(pk=article.author_id).update(
            ratings_count=F("ratings_count") + count, ratings_sum=F("ratings_sum") + total
        )
    changes.rated.announce(article)


def article_joined(article: Article, author_id: int) -> None:
    """Count a published article, with its ratings, for this author.

    One query; call under the article's lock.
    """
    _move_article(article, author_id, sign=1)


def article_left(article: Article, author_id: int) -> None:
    _move_article(article, author_id, sign=-1)


def _move_article(article: Article, author_id: int, *, sign: int) -> None:
    Author.objects.filter(pk=author_id).update(
        articles_count=F("articles_count") + sign,
        ratings_count=F("ratings_count") + sign * article.ratings_count,
        ratings_sum=F("ratings_sum") + sign * article.ratings_sum,
    )


@receiver(post_delete, sender=Rating)
def rating_deleted(instance: Rating, **_: Any) -> None:
    article = Article.objects.select_for_update(no_key=True).filter(pk=instance.article_id).first()
    if article:
        ratings_moved(article, count=-1, total=-instance.value)


@receiver(post_delete, sender=Article)
def article_deleted(instance: Article, **_: Any) -> None:
    """By now the ratings are gone and have been taken off; what is left is the article itself."""
    if instance.is_published:
        Author.objects.filter(pk=instance.author_id).update(articles_count=F("articles_count") - 1)


def recount(*, check: bool) -> list[Correction]:
    """Compare every counter of this module with its rows; put it right unless `check`."""
    return [
        *correct(
            Article,
            ("ratings_count", "ratings_sum"),
            _ratings_of_articles,
            definition="SELECT count(*), sum(value) FROM articles_rating WHERE article_id = id",
            check=check,
        ),
        *correct(
            Article,
            ("has_notice",),
            _notices_of_articles,
            definition="SELECT count(*) FROM articles_urgentnotice"
            " WHERE article_id = id AND ended_at IS NULL",
            check=check,
        ),
        *correct(
            Author,
            ("articles_count",),
            _articles_of_authors,
            definition="SELECT count(*) FROM articles_article"
            " WHERE author_id = id AND status = 'PUBLISHED'",
            check=check,
        ),
        *correct(
            Author,
            ("ratings_count", "ratings_sum"),
            _ratings_of_authors,
            definition="SELECT count(*), sum(r.value) FROM articles_rating r"
            " JOIN articles_article a ON a.id = r.article_id"
            " WHERE a.author_id = id AND a.status = 'PUBLISHED'",
            check=check,
        ),
    ]


def _ratings_of_articles(ids: Collection[int] | None) -> Numbers:
    rows = Rating.objects.order_by()
    rows = rows if ids is None else rows.filter(article__in=ids)
    counted = rows.values_list("article").annotate(Count("pk"), Sum("value"))
    return {pk: (count, total) for pk, count, total in counted}


def _notices_of_articles(ids: Collection[int] | None) -> Numbers:
    rows = UrgentNotice.objects.standing()
    rows = rows if ids is None else rows.filter(article__in=ids)
    return dict.fromkeys(rows.values_list("article", flat=True), (1,))


def _articles_of_authors(ids: Collection[int] | None) -> Numbers:
    rows = Article.objects.published().order_by()
    rows = rows if ids is None else rows.filter(author__in=ids)
    return {pk: (count,) for pk, count in rows.values_list("author").annotate(Count("pk"))}


def _ratings_of_authors(ids: Collection[int] | None) -> Numbers:
    rows = Rating.objects.order_by().filter(article__status=Article.Status.PUBLISHED)
    rows = rows if ids is None else rows.filter(article__author__in=ids)
    counted = rows.values_list("article__author").annotate(Count("pk"), Sum("value"))
    return {pk: (count, total) for pk, count, total in counted}
