"""Readers rate.

The row and every number that describes it change in one transaction, at a cost that does not grow.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import counters
from articles.models import Article, Rating
from authors.models import Author
from lib.refused import Refused


def refusal(article: Article, reader: Author) -> str | None:
    """Return why this reader may not rate this article; None if they may. No query."""
    if not article.accepts_ratings:
        return str(_("Cet article ne reçoit pas de note."))
    if article.author_id == reader.pk:
        return str(_("Vous êtes l’auteur de cet article : vous ne pouvez pas le noter."))
    return None


def cast_rating(*, article: Article, reader: Author, value: int) -> Rating:
    """Give or change the reader's rating, 1 to 5. Raises Refused.

    The article's lock makes the votes on one article wait for one another, so that the difference
    is taken from the rating that really stands; `no_key` because the foreign keys of new rows hold
    the shared lock.
    """
    if not 1 <= value <= 5:
        raise Refused(_("Une note va de 1 à 5."))
    with transaction.atomic():
        article = _locked(article)
        if reason := refusal(article, reader):
            raise Refused(reason)
        rating = Rating.objects.filter(article=article, reader=reader).first()
        if rating is None:
            rating = Rating.objects.create(article=article, reader=reader, value=value)
            counters.ratings_moved(article, count=1, total=value)
        elif rating.value != value:
            difference = value - rating.value
            rating.value, rating.updated_at = value, timezone.now()
            rating.save(update_fields=["value", "updated_at"])
            counters.ratings_moved(article, count=0, total=difference)
        return rating


def withdraw_rating(*, article: Article, reader: Author) -> bool:
    """Take the reader's rating back; return whether there was one."""
    with transaction.atomic():
        article = _locked(article)
        rating = Rating.objects.filter(article=article, reader=reader).first()
        if rating is None:
            return False
        rating.delete()  # the signal in counters.py takes it off the numbers
        return True


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)
