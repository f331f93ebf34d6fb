"""Accounts whose address nobody has confirmed: after a few days they are gone, pseudonym and all.

Nobody can have signed in with one. The privacy page says how long they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet, RestrictedError
from django.utils import timezone

from authors.models import Author, User

BATCH = 500


def forgettable() -> QuerySet[User]:
    """Return those that signed up too long ago, and have an address but no confirmed one."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        date_joined__lt=timezone.now() - timedelta(days=settings.UNCONFIRMED_DAYS),
        last_login=None,
        is_staff=False,
        is_superuser=False,
    )


def forget() -> int:
    """Delete them one by one; return how many. What editors have given an article stays."""
    return sum(_is_forgotten(pk) for pk in _keys())


def _keys() -> Iterator[int]:
    last = 0
    while batch := list(
        forgettable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield from batch
        last = batch[-1]


def _is_forgotten(pk: int) -> bool:
    try:
        with transaction.atomic():
            addresses = EmailAddress.objects.filter(user=pk).select_for_update()
            if any(address.verified for address in addresses):  # confirmed in the meantime
                return False
            user = forgettable().filter(pk=pk).select_for_update(of=("self",)).first()
            if user is None:
                return False
            author = Author.objects.filter(user=user).first()
            if author and _is_used(author):
                return False
            if author:
                author.delete()
            user.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def _is_used(author: Author) -> bool:
    """Tell whether any row of those above belongs to this author."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: author}).exists()
        for relation in Author._meta.related_objects
    )
