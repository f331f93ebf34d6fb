"""What changed between two versions of a text, readable by an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, cast

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision
from articles.revisions.text import image_said, written
from pictures.models import Picture

if TYPE_CHECKING:
    from django.db.models import Field

TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # a word brings the space before it
# paragraphs or words, times as many, after the first change; more are shown as a whole
MAX_COMPARED_PAIRS = 1_500_000


@dataclass(frozen=True)
class FieldDiff:
    """One part of the text that changed: `html` shows what went in <del> and what came in <ins>."""

    name: str
    label: str | Promise
    html: SafeString


def compare(older: Revision | None, newer: Revision) -> list[FieldDiff]:
    """Return what changed between two versions, in the order of the text.

    Without an older one everything is new.
    """
    before, after = (_readable(older.content) if older else {}), _readable(newer.content)
    stored = older.content if older else {}
    changed = [
        name
        for name in after
        if before.get(name, "") != after[name]
        or (older and stored.get(name) != newer.content[name])
    ]
    return [
        FieldDiff(name, _label(name), _shown(before.get(name, ""), after[name])) for name in changed
    ]


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
    if name == "sources":
        return _("sources")
    return cast("Field[Any, Any]", Article._meta.get_field(name)).verbose_name


def difference(before: str, after: str) -> SafeString:
    """Return the two texts as one, escaped, with <del> and <ins>: paragraph by paragraph, and word
    by word inside a changed one."""
    html = ""
    for gone, come in _changes(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if gone == come:
            html += escape(come)
            continue
        for less, more in _changes(TOKEN.findall(gone), TOKEN.findall(come)):
            html += escape(more) if less == more else _marked("del", less) + _marked("ins", more)
    return mark_safe(html)  # noqa: S308  (every part is escaped)


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield runs of both lists: equal ones twice the same, else what goes and what comes."""
    shared = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    yield "".join(old[:shared]), "".join(new[:shared])
    old, new = old[shared:], new[shared:]
    if len(old) * len(new) > MAX_COMPARED_PAIRS:
        yield "".join(old), "".join(new)
        return
    for _kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])
