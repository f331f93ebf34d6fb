"""Pictures of the library: stored as our own re-encoding, their widths made in a background job."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from lib.files import delete_after_commit
from lib.images import Cleaned, random_name, render_widths, widths_for
from magazine.models import SitePage
from pictures import changes
from pictures.models import Picture

if TYPE_CHECKING:
    from authors.models import User

PATIENCE = timedelta(hours=1)  # a picture without its widths after that was forgotten


def store(
    cleaned: Cleaned, *, alt: str, credit: str, licence: str, actor: User | None = None
) -> Picture:
    """Keep a cleaned upload in the library and order its renditions."""
    picture = Picture(
        width=cleaned.width,
        height=cleaned.height,
        alt=alt,
        credit=credit,
        licence=licence,
        uploaded_by=actor,
        digest=digest(cleaned),
    )
    picture.file.save(
        random_name("pictures", cleaned.extension), ContentFile(cleaned.data), save=False
    )
    picture.save()
    order_renditions(picture)
    return picture


def digest(cleaned: Cleaned) -> str:
    """Return what tells that two uploads hold the same picture, whatever else was in the files."""
    return hashlib.sha256(cleaned.data).hexdigest()


def order_renditions(picture: Picture) -> None:
    """Have the widths made once the picture is in the database for all to see."""
    transaction.on_commit(lambda: make_renditions.enqueue(picture.pk))


def order_missing() -> int:
    """Order the widths of pictures that should have them by now: their job failed or died.

    Return how many.
    """
    missing = (
        Picture.objects.filter(widths=[], created_at__lt=timezone.now() - PATIENCE)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return len([make_renditions.enqueue(picture_id) for picture_id in missing])


@task()
def make_renditions(picture_id: int) -> list[int]:
    """Write each width as AVIF and in the fallback format, note them on the picture, announce it.

    Return the widths. Safe to run twice; a picture that is gone or has them makes none.
    """
    picture = Picture.objects.filter(pk=picture_id, widths=[]).first()
    if picture is None:
        return []
    with picture.file.open() as file:
        data = file.read()
    for width, extension, rendition in render_widths(data, widths=widths_for(picture.width)):
        name = picture.rendition_name(width, extension)
        picture.file.storage.delete(name)
        picture.file.storage.save(name, ContentFile(rendition))
    picture.widths = made = widths_for(picture.width)
    with transaction.atomic():  # widths tell that the texts show them
        if Picture.objects.filter(pk=picture.pk).update(widths=made):
            changes.redrawn.announce(picture)
            return made
    delete_files(picture)  # deleted meanwhile
    return []


def using(picture: Picture) -> list[Model]:
    """Return what shows the picture: articles, the newest first, then the site's own pages.

    Three queries. Articles are found by their foreign keys, however many there are. Of the site's
    own pages there are a few dozen, typed by hand: their texts are searched, because their app is
    below and could not write a table of uses that stays true whatever writes a page.
    """
    texts = ("body", "body_html", "headings")
    articles = {*picture.articles_headed.defer(*texts), *picture.articles.defer(*texts)}
    return [
        *sorted(articles, key=lambda article: (article.created_at, article.pk), reverse=True),
        *SitePage.objects.filter(body__contains=picture.name).only("title"),
    ]


def delete_files(picture: Picture) -> None:
    """Delete the file and every rendition that may have been made of it, once the change is in the
    database for all to see."""
    renditions = [
        picture.rendition_name(width, kind)
        for width in widths_for(picture.width)
        for kind in ("avif", picture.fallback_extension)
    ]
    delete_after_commit(picture.file.storage, [picture.name, *renditions])


@receiver(post_delete, sender=Picture)
def picture_deleted(instance: Picture, **_: Any) -> None:
    delete_files(instance)
