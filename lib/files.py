"""Files whose row is gone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction


def delete_after_commit(storage: Storage, names: Iterable[str]) -> None:
    """Delete the files once no row names them any more for all to see.

    One that is not there is none. A storage that fails is logged.
    """
    for name in filter(None, names):
        transaction.on_commit(partial(storage.delete, name), robust=True)
