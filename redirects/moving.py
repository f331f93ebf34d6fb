"""Old addresses lead on: what is left behind when a page moves, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.db import transaction
from django.db.models import F
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from lib.refused import Refused
from lib.web import living
from lib.web.addresses import joined
from redirects import addresses
from redirects.models import LONGEST_KEPT, Redirect

LEADING = re.compile(r"^[/\\]+")  # what a browser takes for the beginning of another host
DEEPEST = 12  # folders above it
MOST_STEPS = 5  # from one redirection to the next
ASKED = "/?"  # before the front page, which takes no query: "/?p=12" may be an old address


@dataclass
class Found:
    """A redirection of what was asked; `below`: the rest of the path; `query`: the rest of that."""

    redirect: Redirect
    below: str = ""
    query: str = ""

    def target(self) -> str:
        to = self.redirect.new_path
        if self.below:
            end = re.search(r"[?#]|$", to).start()  # type: ignore[union-attr]  # the end is found
            to = f"{to[:end].rstrip('/')}/{escape_uri_path(self.below)}{to[end:]}"
        return joined(LEADING.sub("/", to), self.query)


def new_path(path: str, query: str = "") -> str | None:
    """Return where the address has gone, None if nobody knows; the longest redirection wins.

    One that leads to another is followed to its end, so that readers are led once. Counts the hit.
    Three queries where a page of a row lives at its end; more where none does, or where rows that
    no form has seen make a chain.
    """
    first = _find(path, query)
    if first is None:
        return None
    target = _followed(first.redirect, first)
    if target is not None:
        Redirect.objects.filter(pk=first.redirect.pk).update(hits=F("hits") + 1)
    return target


def counts_more(path: str, query: str, page: str) -> bool:
    """Tell whether a redirection of exactly this address counts more than the page that is meant
    by it: one that shares no more than its id with the address. Two queries at most."""
    if addresses.names(path, page) or living.canonical(path.rstrip("/") or "/"):
        return False
    return _find(path, query, is_exact=True) is not None


def settle(redirect: Redirect) -> None:
    """Let a redirection that is about to be saved lead where its target leads itself: to the page
    that is meant, else where another redirection leads.

    Raises Refused when that is back to where it starts.
    """
    end: str | None = redirect.new_path
    if not _covers(redirect, redirect.new_path):
        end = _followed(redirect, Found(redirect), but=redirect.pk)
    if end is None:
        raise Refused(
            _(
                "Une autre redirection ramène de la nouvelle adresse à l’ancienne : "
                "supprimez-la d’abord, ou choisissez une autre adresse."
            )
        )
    if _covers(redirect, end):
        raise Refused(
            _("La nouvelle adresse est aussi l’ancienne, ou au-dessous : personne n’arriverait.")
        )
    _lead(redirect, end)


def sleeps(redirect: Redirect) -> bool:
    """Tell whether a page lives at the old address, or is meant by it: it is shown, and the
    redirection is not asked."""
    page = _page_at(redirect.old_path)
    return page is not None and not page.startswith(ASKED)


def arrives(redirect: Redirect) -> bool:
    """Tell whether a page lives at the new address."""
    return _page_at(redirect.new_path) is not None


def keep(redirect: Redirect) -> int:
    """Save a redirection, and let those that led to its old address lead on at once; return how
    many did. One transaction."""
    with transaction.atomic():
        redirect.save()
        start = redirect.old_path.partition("?")[0].rstrip("/") or "/?"
        before = Redirect.objects.exclude(pk=redirect.pk).filter(new_path__istartswith=start)
        return sum(_lead_on(one) for one in before if _covers(redirect, one.new_path))


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
    with transaction.atomic():
        Redirect.objects.filter(old_path=new).delete()
        redirect = Redirect.objects.filter(old_path=old).first() or Redirect(old_path=old)
        redirect.new_path, redirect.is_prefix = new, is_prefix
        keep(redirect)


def _find(path: str, query: str, *, is_exact: bool = False, but: int | None = None) -> Found | None:
    """Return the redirection that counts for an address, `but` one. One query."""
    if "\x00" in path or len(path) > addresses.LONGEST:
        return None
    forms, queries = addresses.path_forms(path), []
    if len(query) <= addresses.LONGEST:
        queries = list(addresses.queries_meant(query))
    exact = {addresses.with_query(form, parts): parts for parts in [*queries, ()] for form in forms}
    above = [] if is_exact else addresses.folders(forms[0])[-DEEPEST:]
    rows = Redirect.objects.filter(old_path__in=[*exact, *above])
    if but is not None:
        rows = rows.exclude(pk=but)
    known = {redirect.old_path: redirect for redirect in rows}
    for address, parts in exact.items():
        if address in known:
            return Found(known[address], query=addresses.rest_of_query(query, parts))
    for folder in reversed(above):
        if folder in known and known[folder].is_prefix:
            return Found(known[folder], _below(path, folder), query)
    return None


def _followed(redirect: Redirect, found: Found, but: int | None = None) -> str | None:
    """Return where a redirection leads in the end, None if it leads round and round. `but`: the
    row that it will replace."""
    target = found.target()
    for _step in range(MOST_STEPS):
        page = _page_at(target)
        if page and not page.startswith(ASKED):
            return page
        target = page or target
        next_one = _find(*_parts(target), but=but)
        if next_one is None:
            return target
        target = next_one.target()
        if _covers(redirect, target):
            return None
    return target


def _page_at(address: str) -> str | None:
    """Return where the page is that lives at an address of ours, or is meant by it, with the query
    and the fragment of that; None if there is none."""
    path, query = _parts(address)
    page = living.meant(path)
    if page is None or counts_more(path, query, page):
        return None
    return joined(page, query, address.partition("#")[2])


def _covers(redirect: Redirect, address: str) -> bool:
    """Tell whether the redirection would be asked for this address."""
    path, query = _parts(address)
    forms, queries = addresses.path_forms(path), [*addresses.queries_meant(query), ()]
    asked = {addresses.with_query(form, parts) for form in forms for parts in queries}
    if redirect.is_prefix:
        asked.update(addresses.folders(forms[0]))
    return redirect.old_path in asked


def _lead_on(earlier: Redirect) -> bool:
    """Let a redirection whose target has moved lead to the new place at once; tell whether it
    does."""
    stored, end = earlier.new_path, _followed(earlier, Found(earlier))
    if end is None or _covers(earlier, end):
        earlier.delete()
        return False
    _lead(earlier, end)
    if earlier.new_path == stored:
        return False
    earlier.save(update_fields=["new_path"])
    return True


def _lead(redirect: Redirect, end: str) -> None:
    """Let a redirection lead to an address; one that is too long to be kept is found when asked."""
    end = addresses.new_form(end)
    if len(end) <= LONGEST_KEPT:
        redirect.new_path = end


def _below(path: str, folder: str) -> str:
    """Return what stands in the path behind the folder, as it was written."""
    level = len(addresses.segments(folder.partition("?")[0]))
    rest = "/".join(addresses.segments(path)[level:])
    return f"{rest}/" if rest and path.endswith("/") else rest


def _parts(address: str) -> tuple[str, str]:
    """Return the decoded path and the query of an address of ours."""
    path, _sign, query = address.partition("#")[0].partition("?")
    return unquote(path), query
