"""The only writer of the medicines: they become what the files of the public database say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass

from django.db import transaction
from django.utils import timezone

from search.medicines.files import Row
from search.models import Medicine

BATCH = 500  # in one transaction
MOST_GONE = 0.5  # of what is stored; a file that was cut short has fewer


class TooFew(Exception):
    """Its text says how many medicines an import would remove, in one line."""


@dataclass
class Counts:
    """How many medicines were added, changed and removed, or would be."""

    added: int
    changed: int
    removed: int


def replace(
    rows: Sequence[Row],
    *,
    dry_run: bool = False,
    fewer: bool = False,
    progress: Callable[[int], object] = lambda _n: None,
) -> Counts:
    """Write every row and delete what has none; nothing in a dry run.

    It may be stopped and run again, while the site runs. Unless `fewer`, it refuses to delete most
    of what is stored.
    """
    stored = {
        row[0]: row for row in Medicine.objects.values_list("cis", "name", "key", "substances")
    }
    gone = sorted(stored.keys() - {row.cis for row in rows})
    if len(gone) > MOST_GONE * len(stored) and not fewer:
        raise TooFew(f"{len(gone)} of {len(stored)} medicines would go: is the download whole?")
    counts = Counts(
        added=sum(row.cis not in stored for row in rows),
        changed=sum(stored.get(row.cis, astuple(row)) != astuple(row) for row in rows),
        removed=len(gone),
    )
    if dry_run:
        return counts
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        _write(batch)
        progress(len(batch))
    for start in range(0, len(gone), BATCH):
        Medicine.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return counts


def _write(rows: Sequence[Row]) -> None:
    now = timezone.now()
    with transaction.atomic():
        Medicine.objects.bulk_create(
            [Medicine(**asdict(row), imported_at=now) for row in rows],
            update_conflicts=True,
            unique_fields=["cis"],
            update_fields=["name", "key", "substances", "imported_at"],
        )
