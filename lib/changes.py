"""Announcements: what changes for readers is said by the layer that changes it and heard by the layers above.

An announcement is sent inside the transaction of the change, so that a receiver that fails undoes it. A writer never
imports who listens; `tests/architecture/test_changes.py` lists every announcement with its receivers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError
from django.dispatch import Signal

Subject = TypeVar("Subject", bound=Model)
Receiver = Callable[[Subject], None]


class Change(Generic[Subject]):
    """One kind of change to rows of one model; the module attribute that holds it names it."""

    def __init__(self) -> None:
        self.signal = Signal()

    def announce(self, subject: Subject) -> None:
        """Tell all receivers, one after the other; what one of them raises reaches the caller and undoes the change."""
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
