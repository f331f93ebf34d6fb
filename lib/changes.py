"""Announcements: what changes for readers is said by the layer that changes it and heard above.

An announcement is sent inside the transaction of the change, so that a receiver that fails undoes
it. A writer never imports who listens; `tests/architecture/test_changes.py` lists every
announcement with its receivers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from django.db.transaction import TransactionManagementError
from django.dispatch import Signal

Subject = TypeVar("Subject")
Row = TypeVar("Row", bound=Model)
Receiver = Callable[[Subject], None]


class Change(Generic[Subject]):
    """One kind of change to a row, or to rows told by their ids; the module attribute that holds
    it names it."""

    def __init__(self) -> None:
        self.signal = Signal()

    def announce(self, subject: Subject) -> None:
        """Tell all receivers, one after the other; what one of them raises reaches the caller."""
        if not connection.in_atomic_block:
            raise TransactionManagementError("A change is announced inside its transaction.")
        self.signal.send(sender=type(subject), subject=subject)

    def receiver(self, function: Receiver[Subject]) -> Receiver[Subject]:
        """Decorate a function of a module that lives as long as the process."""

        def heard(subject: Subject, **_: Any) -> None:
            function(subject)

        self.signal.connect(
            heard, weak=False, dispatch_uid=f"{function.__module__}.{function.__qualname__}"
        )
        return function

    @property
    def receivers(self) -> list[str]:
        """Return the dotted names of those who listen."""
        return sorted(key[0] for key, *_ in self.signal.receivers if isinstance(key[0], str))


class FieldChange(Change[Row]):
    """Announced when `save` gives a stored row another value in one field, whoever saves it.

    The model's `save` opens the transaction. `update()` of many rows tells nobody: what listens
    is brought up to date by its own command then.
    """

    def __init__(self, model: type[Row], field: str) -> None:
        super().__init__()
        self.field = field
        self.former = f"_former_{field}"
        pre_save.connect(self._look, sender=model, weak=False)
        post_save.connect(self._compare, sender=model, weak=False)

    def _look(
        self, instance: Row, raw: bool, update_fields: Collection[str] | None, **_: Any
    ) -> None:
        """Read what the database holds: the object may be older than the last change. One query."""
        written = update_fields is None or self.field in update_fields
        if raw or instance._state.adding or not written:
            return
        rows = type(instance)._base_manager.filter(pk=instance.pk)
        setattr(instance, self.former, rows.values_list(self.field, flat=True).first())

    def _compare(self, instance: Row, **_: Any) -> None:
        former = instance.__dict__.pop(self.former, None)
        if former is not None and former != getattr(instance, self.field):
            self.announce(instance)
