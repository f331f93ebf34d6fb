"""Counters against the rows they describe, and the mean that is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db import models, transaction


class ProtectedFields(models.Model):
    """A row of which some fields belong to the operations that count and decide.

    A plain `save()` of a known row leaves PROTECTED_FIELDS as the database has them: the object may
    be older than the last vote or decision, and would write the numbers of then.
    """

    PROTECTED_FIELDS: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if (
            not self._state.adding
            and kwargs.get("update_fields") is None
            and not kwargs.get("force_insert")
        ):
            left = {*self.PROTECTED_FIELDS, *self.get_deferred_fields()}
            fields = [field for field in self._meta.concrete_fields if not field.primary_key]
            kwargs["update_fields"] = [
                field.name for field in fields if not {field.name, field.attname} & left
            ]
        super().save(*args, **kwargs)


def mean(total: int, count: int) -> Decimal | None:
    """Return the mean with the one decimal that is shown everywhere; None of nothing.

    17 / 4 is 4.3, as readers learn to round, and so is 85 / 20, which no float holds.
    """
    return to_one_decimal(Decimal(total) / count) if count else None


def to_one_decimal(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Correction:
    """One counter that was wrong: what was stored, what the rows say, and the definition in SQL."""

    model: str
    pk: int
    field: str
    stored: int
    real: int
    definition: str

    def __str__(self) -> str:
        change = f"{self.field} {self.stored} -> {self.real}"
        return f"{self.model} {self.pk}: {change}   ({self.definition})"


Numbers = Mapping[int, tuple[int, ...]]


def correct(
    model: type[models.Model],
    fields: tuple[str, ...],
    count_rows: Callable[[Collection[int] | None], Numbers],
    *,
    definition: str,
    check: bool,
) -> Iterator[Correction]:
    """Yield the counters of `model` that differ from their rows.

    `count_rows(ids)` returns, for these ids (None: for all), id -> one number a field; a missing id
    means zeros. Unless `check`, a row that differs is locked, counted again and put right, so that
    the site may run meanwhile.
    """
    real = count_rows(None)
    zeros = (0,) * len(fields)
    for pk, *stored in model._default_manager.order_by("pk").values_list("pk", *fields).iterator():
        if tuple(stored) == tuple(real.get(pk, zeros)):
            continue
        with transaction.atomic():
            row = (
                model._default_manager.select_for_update(no_key=True)
                .values_list(*fields)
                .filter(pk=pk)
                .first()
            )
            right = count_rows([pk]).get(pk, zeros)
            if row is None or tuple(row) == tuple(right):
                continue
            if not check:
                model._default_manager.filter(pk=pk).update(**dict(zip(fields, right, strict=True)))
        for field, was, now in zip(fields, row, right, strict=True):
            if was != now:
                yield Correction(model._meta.label, pk, field, was, now, definition)
