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
class Row:
    """A passage as it was and as it is, escaped; what went is in <del>, what came in <ins>.

    `left_out`: blocks without a change that stand here and are not shown; then it has no words.
    """

    before: SafeString
    after: SafeString
    left_out: int = 0

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class FieldDiff:
    """One part of the text that changed, passage by passage."""

    name: str
    label: str | Promise
    rows: list[Row]


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


def _shown(before: str, after: str, effort: Effort) -> list[Row]:
    if before != after:
        return side_by_side(before, after, effort)
    said = escape(_("Mise en forme changée."))
    return [Row(said, said)]


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


def side_by_side(before: str, after: str, effort: Effort | None = None) -> list[Row]:
    """Return the two texts block by block, and word by word inside a changed one; of what did not
    change only the block on either side of a change."""
    effort = effort or Effort()
    rows: list[Row] = []
    runs = [run for run in changes(before.splitlines(), after.splitlines(), effort) if any(run)]
    for n, (gone, come) in enumerate(runs):
        if gone == come:
            rows += _unchanged(gone, is_first=n == 0, is_last=n == len(runs) - 1)
        else:
            rows.append(_changed("\n".join(gone), "\n".join(come), effort))
    return rows


def _unchanged(blocks: list[str], *, is_first: bool, is_last: bool) -> list[Row]:
    head, tail = ([] if is_first else blocks[:1]), ([] if is_last else blocks[-1:])
    if len(blocks) <= len(head) + len(tail):
        head, tail = blocks, []
    left_out = len(blocks) - len(head) - len(tail)
    fold = [Row(SafeString(), SafeString(), left_out)] if left_out else []
    return [*map(_same, head), *fold, *map(_same, tail)]


def _same(block: str) -> Row:
    shown = escape(block)
    return Row(shown, shown)


def _changed(gone: str, come: str, effort: Effort) -> Row:
    runs = list(changes(TOKEN.findall(gone), TOKEN.findall(come), effort))
    return Row(
        mark_safe("".join(_marked("del", "".join(less), less != more) for less, more in runs)),  # noqa: S308  (escaped)
        mark_safe("".join(_marked("ins", "".join(more), less != more) for less, more in runs)),  # noqa: S308  (escaped)
    )


def _marked(tag: str, text: str, is_changed: bool) -> str:
    if not text:
        return ""
    return f"<{tag}>{escape(text)}</{tag}>" if is_changed else escape(text)
