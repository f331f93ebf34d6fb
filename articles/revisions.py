"""The history of a text: every version whole, readable differences, restoring as a new version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Picture, Revision, Source, Tag
from articles.search.index import index
from articles.written_form import image_said, written

if TYPE_CHECKING:
    from authors.models import User

SOURCE_FIELDS = ("title", "publisher", "url", "published_on", "accessed_on")
TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # a word brings the space before it
MAX_COMPARED_PAIRS = 1_500_000  # paragraphs or words, times as many, after the first change; more are shown as a whole


def content(article: Article) -> dict[str, Any]:
    """Return the text of an article as plain data: TEXT_FIELDS, lead picture, tags and sources. Two queries."""
    return {
        **{name: getattr(article, name) for name in Article.TEXT_FIELDS},
        "lead_image": article.lead_image_id,
        "tags": sorted(article.tags.values_list("name", flat=True)),
        "sources": [{name: _plain(getattr(source, name)) for name in SOURCE_FIELDS} for source in article.sources.all()],
    }


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def latest(article: Article) -> Revision | None:
    return article.revisions.order_by("-number").first()


def record(article: Article, *, actor: User | None, note: str = "") -> Revision | None:
    """Keep the text as it now stands; None if it is the same as the last version. Call after tags and sources are saved."""
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        data = content(article)
        stamp = digest(data)
        last = latest(article)
        if last and last.digest == stamp:
            return None
        number = (article.revisions.aggregate(Max("number"))["number__max"] or 0) + 1
        return Revision.objects.create(article=article, number=number, content=data, digest=stamp, actor=actor, note=note)


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
        Source.objects.bulk_create(Source(article=article, position=i, **_source(row)) for i, row in enumerate(data["sources"]))
        index(article)
        return record(article, actor=actor, note=str(_("version %(number)s rétablie") % {"number": revision.number}))


def _source(row: dict[str, str]) -> dict[str, str | None]:
    return {name: (row[name] or None) if name.endswith("_on") else row[name] for name in SOURCE_FIELDS}


@dataclass(frozen=True)
class FieldDiff:
    """One part of the text that changed: `html` shows what went in <del> and what came in <ins>."""

    name: str
    label: str | Promise
    html: SafeString


def compare(older: Revision | None, newer: Revision) -> list[FieldDiff]:
    """Return what changed between two versions, in the order of the text; everything is new without an older one."""
    before, after = (_readable(older.content) if older else {}), _readable(newer.content)
    stored = older.content if older else {}
    changed = [name for name in after if before.get(name, "") != after[name] or (older and stored.get(name) != newer.content[name])]
    return [FieldDiff(name, _label(name), _shown(before.get(name, ""), after[name])) for name in changed]


def _shown(before: str, after: str) -> SafeString:
    return difference(before, after) if before != after else escape(_("Mise en forme changée."))


def _readable(data: dict[str, Any]) -> dict[str, str]:
    """Return each part as text that an editor can read."""
    return {
        **{name: data[name] for name in Article.TEXT_FIELDS if name not in {"body", "interests"}},
        "body": written(data["body"]),
        "interests": str(Article.InterestDeclaration(data["interests"]).label),
        "lead_image": _lead_image(data["lead_image"]),
        "tags": ", ".join(data["tags"]),
        "sources": "\n".join(" · ".join(filter(None, row.values())) for row in data["sources"]),
    }


def _lead_image(pk: int | None) -> str:
    picture = Picture.objects.filter(pk=pk).first() if pk else None
    if pk and picture is None:
        return str(_("[image supprimée, n° %(number)s]") % {"number": pk})
    return image_said(picture.name, picture.alt) if picture else ""


def _label(name: str) -> str | Promise:
    return _("sources") if name == "sources" else Article._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def difference(before: str, after: str) -> SafeString:
    """Return the two texts as one, escaped, with <del> and <ins>: paragraph by paragraph, word by word inside a changed one."""
    parts: list[str] = []
    for gone, come in _changes(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        for less, more in [(gone, come)] if gone == come else _changes(TOKEN.findall(gone), TOKEN.findall(come)):
            parts += [str(escape(more))] if less == more else [f"<{tag}>{escape(text)}</{tag}>" for tag, text in (("del", less), ("ins", more)) if text]
    return mark_safe("".join(parts))  # noqa: S308  (every part is escaped above)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield runs of both lists: equal ones twice the same, else what goes and what comes."""
    shared = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    yield "".join(old[:shared]), "".join(new[:shared])
    old, new = old[shared:], new[shared:]
    if len(old) * len(new) > MAX_COMPARED_PAIRS:
        yield "".join(old), "".join(new)
        return
    for _kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])
