"""Old addresses lead on: what is left behind when a page moves, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F

from lib.web import languages
from redirects.models import Redirect

LEADING = re.compile(r"^[/\\]+")  # what a browser takes for the beginning of another host
LONGEST = 1000  # characters of an address that is looked for
DEEPEST = 12  # folders above it


def new_path(path: str) -> str | None:
    """Return where the address has gone, None if nobody knows; the longest redirect wins.

    Counts the hit. Two queries.
    """
    if "\x00" in path or len(path) > LONGEST:
        return None
    itself = (path, f"{path}/")
    folders = [path[: n + 1] for n, letter in enumerate(path) if letter == "/"]
    found = {
        redirect.old_path: redirect
        for redirect in Redirect.objects.filter(old_path__in={*itself, *folders[-DEEPEST:]})
    }
    for candidate in (*itself, *reversed(folders)):
        redirect = found.get(candidate)
        if redirect and (redirect.is_prefix or candidate in itself):
            Redirect.objects.filter(pk=redirect.pk).update(hits=F("hits") + 1)
            return _followed(redirect, path)
    return None


def _followed(redirect: Redirect, path: str) -> str:
    covered = path.startswith(redirect.old_path)  # not so when only its last slash was missing
    rest = path.removeprefix(redirect.old_path) if covered else ""
    return LEADING.sub("/", redirect.new_path + rest)


@contextmanager
def address_kept(row: Any) -> Iterator[None]:
    """Save a stored row, of a model with `get_absolute_url`, inside: if that gives it another
    address, the old one and what is below it answer 301. One transaction."""
    with transaction.atomic():
        old = type(row)._default_manager.select_for_update().get(pk=row.pk).get_absolute_url()
        yield
        if row.get_absolute_url() != old:
            leave_redirect(old, row.get_absolute_url(), is_prefix=True)


def leave_redirect(old: str, new: str, *, is_prefix: bool = False) -> None:
    """Make `old` answer 301 to `new`, without a chain of redirects and without one over an address
    that is alive again."""
    old, new = languages.neutral(old), languages.neutral(new)
    Redirect.objects.filter(old_path=new).delete()
    for earlier in Redirect.objects.filter(new_path__startswith=old):
        if earlier.new_path == old or is_prefix:
            _lead_on(earlier, old, new)
    Redirect.objects.update_or_create(
        old_path=old, defaults={"new_path": new, "is_prefix": is_prefix}
    )


def _lead_on(earlier: Redirect, old: str, new: str) -> None:
    """Let a redirect that leads to the old address, or below it, lead to the new one at once."""
    earlier.new_path = new + earlier.new_path.removeprefix(old)
    if earlier.new_path == earlier.old_path:
        earlier.delete()
    else:
        earlier.save(update_fields=["new_path"])
