"""What the page shows of texts, derived anew when a picture, an address that
they lead to or the rules of the page change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_tasks import task

from articles import changes
from articles.models import Article
from articles.models.article import DERIVED_FROM_BODY
from articles.revisions import versions
from lib.html.budget import TooLong
from pictures.models import Picture

logger = logging.getLogger(__name__)


def derive(article: Article) -> bool:
    """Derive the text with its pictures and links anew; return whether anything differed.

    What differs is written and announced. What an editor saves meanwhile stays, and so does a text
    that is more than `lib/html/budget.py` allows by now: the log names it.
    """
    before = _derived(article)
    try:
        pictures = article.render_body()
    except TooLong as error:
        logger.warning("article %s is not drawn anew: %s", article.pk, " ".join(error.messages))
        return False
    if article.has_working_version and (last := versions.latest(article)):
        pictures += versions.pictures_of(last.content)
    if _derived(article) == before and _uses_are(article, pictures):
        return False
    with transaction.atomic():
        # the update locks the row, so that no other text comes between it and its pictures
        done = Article.objects.filter(pk=article.pk, body=article.body).update(**_derived(article))
        if done:
            article.text_pictures.set(pictures)
            article.linked_articles.set(article.link_targets)
            changes.rerendered.announce(article)
    return bool(done)


def derive_linking(article: Article) -> None:
    """Have the texts that lead to this article drawn anew, once its address is there for all."""
    transaction.on_commit(lambda: derive_linking_later.enqueue(article.pk))


@task(priority=-1)  # mails and pictures go first: until then, the old address leads on
def derive_linking_later(article_id: int) -> None:
    for one in Article.objects.filter(linked_articles=article_id).order_by("pk").iterator():
        derive(one)


def derive_all(progress: Callable[[], Any] = lambda: None) -> int:
    """Do the same to every article, whatever its state; return how many differed.

    May be stopped and run again, while the site runs.
    """
    done = 0
    for pk in list(Article.objects.order_by("pk").values_list("pk", flat=True)):
        article = Article.objects.filter(pk=pk).first()
        done += article is not None and derive(article)
        progress()
    return done


def _uses_are(article: Article, pictures: list[Picture]) -> bool:
    shown = set(article.text_pictures.values_list("pk", flat=True))
    led_to = set(article.linked_articles.values_list("pk", flat=True))
    return shown == {one.pk for one in pictures} and led_to == {
        one.pk for one in article.link_targets
    }


def _derived(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in DERIVED_FROM_BODY}
