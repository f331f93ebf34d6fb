"""What changed between two versions of a text, readable by an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision
from articles.revisions.edits import Effort, changes
from articles.revisions.text import image_said, written
from pictures.models import Picture

if TYPE_CHECKING:
    from django.db.models import Field

TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")  # a word brings the space before it


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
    effort = Effort()
    return [
        FieldDiff(name, _label(name), _shown(before.get(name, ""), after[name], effort))
        for name in changed
    ]


def _shown(before: str, after: str, effort: Effort) -> SafeString:
    return (
        difference(before, after, effort)
        if before != after
        else escape(_("Mise en forme changée."))
    )


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


def difference(before: str, after: str, effort: Effort | None = None) -> SafeString:
    """Return the two texts as one, escaped, with <del> and <ins>: paragraph by paragraph, and word
    by word inside a changed one."""
    effort = effort or Effort()
    html: list[str] = []
    for gone, come in changes(before.splitlines(True), after.splitlines(True), effort):
        if gone == come:
            html.append(escape(come))
            continue
        for less, more in changes(TOKEN.findall(gone), TOKEN.findall(come), effort):
            html += [escape(more)] if less == more else [_marked("del", less), _marked("ins", more)]
    return mark_safe("".join(html))  # noqa: S308  (every part is escaped)


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""
