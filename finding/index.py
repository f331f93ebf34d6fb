"""The kinds of rows that the admin finds by their words, and the only writer of these words.

Whatever is saved or deleted one by one is followed at once, in the same transaction; `update()` and
`bulk_create()` of many rows tell nobody: `manage.py rebuild_search` brings their words up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_delete, post_save

from finding.models import FoundRow
from finding.words import expression

BITS = 48  # of an id; the number of the kind stands above
BATCH = 500
# The newest rows that have the words, as the search boxes say; older ones take one word more.
MOST_FOUND = 2000


@dataclass(frozen=True)
class Kind:
    """Rows of one model: their tokens, the fields that these come from, what they are read with."""

    number: int
    letter: str
    model: type[models.Model]
    tokens: Callable[[Any], Iterable[str]]
    fields: frozenset[str]
    related: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        return self.number << BITS

    def entry(self, row: models.Model) -> FoundRow:
        told = sorted({f"{self.letter}{token}" for token in self.tokens(row)})
        return FoundRow(id=self.first + row.pk, document=" ".join(told))


KINDS: dict[type[models.Model], Kind] = {}


def register(
    model: type[models.Model],
    letter: str,
    tokens: Callable[[Any], Iterable[str]],
    *,
    fields: Collection[str],
    related: tuple[str, ...] = (),
    many: tuple[str, ...] = (),
) -> None:
    """Let the rows of a model be found by their tokens. Called when its app is ready."""
    number = ord(letter) - ord("a") + 1
    kind = KINDS[model] = Kind(number, letter, model, tokens, frozenset(fields), related, many)

    def saved(instance: models.Model, update_fields: Any, raw: bool, **_: Any) -> None:
        if not raw and (update_fields is None or kind.fields & set(update_fields)):
            index(instance)

    def deleted(instance: models.Model, **_: Any) -> None:
        FoundRow.objects.filter(pk=kind.first + instance.pk).delete()

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"finding {letter}")
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=f"finding {letter}")


def index(row: models.Model) -> None:
    """Write the words of a row as it now stands. One query, and what its tokens ask."""
    _write([KINDS[type(row)].entry(row)])


def index_ids(model: type[models.Model], ids: Collection[int]) -> None:
    """Do the same for a few stored rows, under their lock: nobody saves them meanwhile."""
    kind = KINDS[model]
    rows = _rows(kind).filter(pk__in=ids).order_by("pk")
    _write([kind.entry(row) for row in rows.select_for_update(no_key=True, of=("self",))])


def found(model: type[models.Model], text: str, owners: Iterable[int] = ()) -> RawSQL | None:
    """Return a subquery of the ids that have all the words or belong to an owner, the newest
    MOST_FOUND of them; None when there is nothing to look for. No query."""
    kind = KINDS[model]
    asked = expression(text, kind.letter, connection.vendor, owners)
    if not asked:
        return None
    table, key, condition = {
        "sqlite": ("finding_fulltext", "rowid", "finding_fulltext MATCH %s"),
        "postgresql": ("finding_foundrow", "id", "vector @@ %s::tsquery"),
    }[connection.vendor]
    last = kind.first + (1 << BITS) - 1
    newest = (
        f"SELECT {key} AS found FROM {table} WHERE {condition} AND {key} BETWEEN %s AND %s"  # noqa: S608  (constants)
        f" ORDER BY {key} DESC LIMIT {MOST_FOUND}"
    )
    statement = f"SELECT found - %s FROM ({newest}) AS newest"  # noqa: S608  (constants)
    return RawSQL(statement, [kind.first, asked, kind.first, last])  # noqa: S611  (parameters)


def rebuild(
    *, check: bool = False, progress: Callable[[int], object] = lambda _n: None
) -> tuple[int, int]:
    """Compare the words of all rows with what is stored and write what differs, unless `check`.

    Return how many were written or missing, and how many stood there for no row.
    """
    totals = [_rebuild(kind, check, progress) for kind in KINDS.values()]
    return sum(written for written, _gone in totals), sum(gone for _written, gone in totals)


def _rebuild(kind: Kind, check: bool, progress: Callable[[int], object]) -> tuple[int, int]:
    written = gone = after = 0
    while True:
        rows = list(_rows(kind).filter(pk__gt=after).order_by("pk")[:BATCH])
        until = rows[-1].pk if rows else (1 << BITS) - 1
        bounds = (kind.first + after + 1, kind.first + until)
        stored = dict(FoundRow.objects.filter(pk__range=bounds).values_list("pk", "document"))
        entries = [kind.entry(row) for row in rows]
        different = [one for one in entries if stored.pop(one.pk, None) != one.document]
        written, gone = written + len(different), gone + len(stored)
        if not check:
            _write(different)
            FoundRow.objects.filter(pk__in=list(stored)).delete()
        progress(len(rows))
        if not rows:
            return written, gone
        after = until


def _rows(kind: Kind) -> models.QuerySet[Any]:
    rows = kind.model._default_manager.order_by()
    if kind.related:  # without a name it would follow every foreign key
        rows = rows.select_related(*kind.related)
    return rows.prefetch_related(*kind.many)


def _write(entries: list[FoundRow]) -> None:
    FoundRow.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["id"], update_fields=["document"]
    )
