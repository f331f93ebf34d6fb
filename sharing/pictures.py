"""The cards of articles: drawn by a background job, kept under a name that carries the version, drawn anew when a word changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from articles.models import Article
from magazine.models import SiteSettings
from sharing import drawing
from sharing.drawing import Card
from sharing.models import SharePicture
from taxonomy.models import Section

LAYOUT = 1  # another number has every card drawn anew
FEW = (
    20  # cards that one request may order: a name of an author or a section may stand on thousands
)


def order(article: Article) -> None:
    """Have the card drawn once the article is in the database for all to see; a card that is right stays."""
    transaction.on_commit(lambda: make.enqueue(article.pk))


def order_if_few(articles: QuerySet[Article]) -> None:
    """Have these cards drawn; if there are more than FEW, leave them to the daily command."""
    found = list(articles.only("pk")[: FEW + 1])
    if len(found) <= FEW:
        for article in found:
            order(article)


def forget(article: Article) -> None:
    """Take the card of a withdrawn article away."""
    transaction.on_commit(lambda: remove.enqueue(article.pk))


@task()
def make(article_id: int) -> str:
    """Draw the card of a published article if it is missing or old; return the name of its file, "" for none. Safe to run twice."""
    article = (
        Article.objects.published()
        .select_related("author", "section", "share_picture")
        .filter(pk=article_id)
        .first()
    )
    if article is None:
        return ""
    card, kept = (
        card_of(article, colours(), SiteSettings.current().name),
        getattr(article, "share_picture", None),
    )
    digest = digest_of(card)
    if kept and kept.digest == digest:
        return str(kept.file.name)
    name = f"share/{digest[:2]}/{article.pk}-{digest[:16]}.png"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(drawing.draw(card)))
    SharePicture.objects.update_or_create(
        article=article, defaults={"file": name, "digest": digest}
    )
    if kept and kept.file.name != name:
        default_storage.delete(str(kept.file.name))
    return name


@task()
def remove(article_id: int) -> None:
    kept = (
        SharePicture.objects.filter(pk=article_id)
        .exclude(article__status=Article.Status.PUBLISHED)
        .first()
    )
    if kept:
        default_storage.delete(str(kept.file.name))
        kept.delete()


def stale() -> Iterator[int]:
    """Yield the ids of published articles whose card is missing or shows old words. One query, read in pieces."""
    found, site = colours(), SiteSettings.current().name
    articles = Article.objects.published().select_related("author", "section", "share_picture")
    for article in articles.only(
        "title",
        "author__pseudonym",
        "section__name",
        "section__colour",
        "section__path",
        "share_picture__digest",
    ).iterator(2000):
        kept = getattr(article, "share_picture", None)
        if kept is None or kept.digest != digest_of(card_of(article, found, site)):
            yield article.pk


def card_of(article: Article, found: dict[str, str], site: str) -> Card:
    section = article.section
    return Card(
        article.title,
        article.author.pseudonym,
        section.name,
        section.colour or found.get(section.top_path, ""),
        site,
    )


def colours() -> dict[str, str]:
    """Return path -> colour of the top sections."""
    return dict(Section.objects.filter(parent=None).values_list("path", "colour"))


def digest_of(card: Card) -> str:
    return hashlib.sha256(json.dumps([LAYOUT, *astuple(card)]).encode()).hexdigest()
