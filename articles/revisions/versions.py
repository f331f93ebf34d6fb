"""The history of a text: every version is kept whole; restoring one makes a new version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from articles import changes
from articles.models import Article, Revision, Source
from pictures.models import Picture
from taxonomy.models import Tag

if TYPE_CHECKING:
    from authors.models import User

SOURCE_FIELDS = ("title", "publisher", "url", "published_on", "accessed_on")


def snapshot(article: Article, tags: Iterable[Tag], sources: Iterable[Source]) -> dict[str, Any]:
    """Return the text of an article as plain data: TEXT_FIELDS, lead picture, tags and sources."""
    return {
        **{name: getattr(article, name) for name in Article.TEXT_FIELDS},
        "lead_image": article.lead_image_id,
        "tags": sorted(tag.name for tag in tags),
        "sources": [
            {name: _plain(getattr(source, name)) for name in SOURCE_FIELDS} for source in sources
        ],
    }


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def latest(article: Article) -> Revision | None:
    return article.revisions.order_by("-number").first()


def record(article: Article, *, actor: User | None, note: str = "") -> Revision | None:
    """Keep the text as it now stands; None if it is the same as the last version.

    Call after tags and sources are saved.
    """
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        data = snapshot(article, article.tags.all(), article.sources.all())
        stamp = digest(data)
        last = latest(article)
        if last and last.digest == stamp:
            return None
        number = (article.revisions.aggregate(Max("number"))["number__max"] or 0) + 1
        return Revision.objects.create(
            article=article, number=number, content=data, digest=stamp, actor=actor, note=note
        )


def restore(article: Article, revision: Revision, *, actor: User | None) -> Revision | None:
    """Give the article the text of an earlier version, as a new version; the others stay."""
    data = revision.content
    with transaction.atomic():
        article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        for name in Article.TEXT_FIELDS:
            setattr(article, name, data[name])
        article.lead_image = Picture.objects.filter(pk=data["lead_image"]).first()
        article.save()
        article.tags.set(Tag.objects.named(data["tags"]))
        article.sources.all().delete()
        Source.objects.bulk_create(
            Source(article=article, position=i, **_source(row))
            for i, row in enumerate(data["sources"])
        )
        changes.text_replaced.announce(article)
        return record(
            article,
            actor=actor,
            note=str(_("version %(number)s rétablie") % {"number": revision.number}),
        )


def _source(row: dict[str, str]) -> dict[str, str | None]:
    return {
        name: (row[name] or None) if name.endswith("_on") else row[name] for name in SOURCE_FIELDS
    }
