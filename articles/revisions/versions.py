"""The history of a text: every version is kept whole; restoring one makes a new version.

The rows of a published article hold what readers see. What is saved of it is a version only, until
`articles/publishing/replacing.py` puts it online. Else the rows hold the last version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import changes
from articles.models import Article, Revision, Source
from articles.revisions.sources import row_of, write_sources
from lib.html.policy import clean_html
from lib.html.tree import image_addresses
from pictures.models import Picture
from taxonomy.models import Tag

if TYPE_CHECKING:
    from django.db.models import Field

    from authors.models import User

Content = dict[str, Any]


def snapshot(article: Article, tags: Iterable[Tag], sources: Iterable[Source]) -> Content:
    """Return the text of an article as plain data, cleaned as its row would be: TEXT_FIELDS, lead
    picture, tags and sources."""
    return {
        **{name: _cleaned(article, name) for name in Article.TEXT_FIELDS},
        "lead_image": article.lead_image_id,
        "tags": sorted(tag.name for tag in tags),
        "sources": [row_of(source) for source in sources],
    }


def _cleaned(article: Article, name: str) -> str:
    field = cast("Field[Any, Any]", Article._meta.get_field(name))
    return str(field.get_prep_value(getattr(article, name)))


def digest(content: Content) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def latest(article: Article) -> Revision | None:
    return article.revisions.order_by("-number").first()


def live(article: Article) -> Revision | None:
    """Return the version that readers see, or saw last before a withdrawal."""
    return article.revisions.filter(number=article.live_version).first()


def load_working(article: Article) -> None:
    """Give the object the text that was saved last, if readers do not see it, with `working` all
    of it.

    At most two queries. Nothing is written.
    """
    last = latest(article) if article.has_working_version else None
    if last is not None:
        article.working = last.content
        _fill(article, last.content)


def shown_tags(article: Article) -> list[str]:
    """Return the names of the keywords of the version that is edited. One query at most."""
    if article.working is not None:
        names: list[str] = article.working["tags"]
        return names
    return list(article.tags.values_list("name", flat=True))


def _fill(article: Article, content: Content) -> None:
    for name in Article.TEXT_FIELDS:
        setattr(article, name, content[name])
    article.lead_image = Picture.objects.filter(pk=content["lead_image"] or 0).first()


def record(
    article: Article, *, actor: User | None, content: Content | None = None, note: str = ""
) -> Revision | None:
    """Keep the text as a version: as the rows have it, or as `content` says, which then waits
    beside them if the article is published. None if the last version is the same.

    Call after tags and sources are saved.
    """
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        if content is None or locked.is_published and not locked.live_version:
            made = _keep(locked, _of_rows(locked), actor=actor, note=note)
            if locked.is_published:
                locked.live_version = locked.last_version
        if content is not None:
            made = _keep(locked, content, actor=actor, note=note)
            if made and locked.is_published:
                _protect_pictures(locked, content)
        _write_numbers(locked, article)
        return made


def go_live(article: Article, *, actor: User | None) -> Revision:
    """Make the last version the one that readers see, and return it.

    A version that waits is written into the rows, whatever has happened to them since (another
    name of a keyword, say); without one, the rows are kept as the last version. Call with the row
    locked; several queries.
    """
    last = latest(article) if article.has_working_version else None
    if last is None:
        _keep(article, _of_rows(article), actor=actor)
    elif digest(_of_rows(article)) != last.digest:
        apply(article, last.content)
    article.live_version = article.last_version
    _write_numbers(article, article)
    return article.revisions.get(number=article.live_version)


def apply(article: Article, content: Content) -> None:
    """Write the text into the rows: article, keywords, sources."""
    _fill(article, content)
    article.save()
    article.tags.set(Tag.objects.named(content["tags"]))
    write_sources(article, content["sources"])
    changes.text_replaced.announce(article)


def restore(article: Article, revision: Revision, *, actor: User | None) -> Revision | None:
    """Make an earlier text the last version again; the others stay. Raises TooLong."""
    content = revision.content | {"body": clean_html(revision.content["body"])}
    note = str(_("version %(number)s rétablie") % {"number": revision.number})
    with transaction.atomic():
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        if not locked.is_published:
            apply(locked, content)
        return record(locked, actor=actor, content=content, note=note)


def _of_rows(article: Article) -> Content:
    return snapshot(article, article.tags.all(), article.sources.all())


def _keep(
    article: Article, content: Content, *, actor: User | None, note: str = ""
) -> Revision | None:
    stamp, last = digest(content), latest(article)
    article.last_version = last.number if last else 0
    if last and last.digest == stamp:
        return None
    article.last_version += 1
    made = Revision.objects.create(
        article=article,
        number=article.last_version,
        content=content,
        digest=stamp,
        actor=actor,
        note=note,
    )
    if (seen := live(article)) and seen.digest == stamp:  # back to what readers see: nothing waits
        article.live_version = made.number
    return made


def _write_numbers(locked: Article, article: Article) -> None:
    numbers = {name: getattr(locked, name) for name in Article.VERSION_FIELDS}
    Article.objects.filter(pk=locked.pk).update(**numbers)
    for name, number in numbers.items():
        setattr(article, name, number)


def _protect_pictures(article: Article, content: Content) -> None:
    """Keep the pictures of a version that waits from being deleted."""
    article.text_pictures.add(*pictures_of(content))


def pictures_of(content: Content) -> list[Picture]:
    """Return the pictures of the library that a version shows. Two queries."""
    shown = Picture.objects.by_address(image_addresses(content["body"]))
    return [*shown.values(), *Picture.objects.filter(pk=content["lead_image"] or 0)]
