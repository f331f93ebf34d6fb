"""The share pictures of articles, drawn by background jobs, anew when a word on them changes."""

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

from articles.models import Article, ArticleQuerySet
from magazine.models import SiteSettings
from sharing import drawing
from sharing.drawing import Wording
from sharing.models import SharePicture
from taxonomy.models import Section

LAYOUT = 1  # another number has every picture drawn anew
FEW = 20  # pictures that one request may order: a name may stand on thousands


def enqueue_drawing(article: Article) -> None:
    """Have the picture drawn once the article is in the database for all to see; one that is right
    stays."""
    transaction.on_commit(lambda: draw_picture.enqueue(article.pk))


def enqueue_drawing_if_few(articles: QuerySet[Article]) -> None:
    """Have these pictures drawn; if there are more than FEW, leave them to the daily command."""
    found = list(articles.only("pk")[: FEW + 1])
    if len(found) <= FEW:
        for article in found:
            enqueue_drawing(article)


def enqueue_removal(article: Article) -> None:
    """Have the picture of a withdrawn article taken away."""
    transaction.on_commit(lambda: remove_picture.enqueue(article.pk))


@task()
def draw_picture(article_id: int) -> str:
    """Draw the picture of a published article if it is missing or old; return the name of its
    file, "" for none. Safe to run twice."""
    article = _published().filter(pk=article_id).first()
    if article is None:
        return ""
    wording = _wording_of(article, _colours(), SiteSettings.current().name)
    digest = _digest_of(wording)
    stored = _stored(article)
    if stored and stored.digest == digest:
        return str(stored.file.name)
    name = f"share/{digest[:2]}/{article.pk}-{digest[:16]}.png"
    # what a run that was killed has left under this name would make the storage choose another
    default_storage.delete(name)
    default_storage.save(name, ContentFile(drawing.draw(wording)))
    SharePicture.objects.update_or_create(
        article=article, defaults={"file": name, "digest": digest}
    )
    if stored and stored.file.name != name:
        default_storage.delete(str(stored.file.name))
    return name


@task()
def remove_picture(article_id: int) -> None:
    """Remove the picture unless the article has been published again meanwhile."""
    stored = (
        SharePicture.objects.filter(pk=article_id)
        .exclude(article__status=Article.Status.PUBLISHED)
        .first()
    )
    if stored:
        default_storage.delete(str(stored.file.name))
        stored.delete()


def stale() -> Iterator[int]:
    """Yield the ids of published articles whose picture is missing or shows old words. The
    articles are read in pieces."""
    colours, site = _colours(), SiteSettings.current().name
    articles = _published().only(
        "title",
        "author__pseudonym",
        "section__name",
        "section__colour",
        "section__path",
        "share_picture__digest",
    )
    for article in articles.iterator(2000):
        stored = _stored(article)
        if stored is None or stored.digest != _digest_of(_wording_of(article, colours, site)):
            yield article.pk


def _published() -> ArticleQuerySet:
    return Article.objects.published().select_related("author", "section", "share_picture")


def _stored(article: Article) -> SharePicture | None:
    return getattr(article, "share_picture", None)


def _wording_of(article: Article, colours: dict[str, str], site: str) -> Wording:
    section = article.section
    return Wording(
        title=article.title,
        author=article.author.pseudonym,
        section=section.name,
        colour=section.colour or colours.get(section.top_path, ""),
        site=site,
    )


def _colours() -> dict[str, str]:
    """Return path -> colour of the top sections."""
    return dict(Section.objects.filter(parent=None).values_list("path", "colour"))


def _digest_of(wording: Wording) -> str:
    return hashlib.sha256(json.dumps([LAYOUT, *astuple(wording)]).encode()).hexdigest()
