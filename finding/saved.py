"""The filters that a person keeps of a list of the admin."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from finding.models import SavedFilter
from lib.refused import Refused
from lib.text import normalise_line

MOST = 20  # of a person, of one list
LONGEST = 1000  # characters of a query, encoded
OF_THE_MOMENT = ("p", "all", "e")  # which page of it; not what is looked for


def of(owner: Any, model: type[models.Model]) -> models.QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(owner=owner, rows=model._meta.label_lower)


def keep(owner: Any, model: type[models.Model], *, name: str, asked: QueryDict) -> SavedFilter:
    """Keep what a list was asked for under the name, in the place of what had it.

    Raises Refused.
    """
    query = _query(asked)
    name = normalise_line(name)[:60]
    if not name:
        raise Refused(_("Donnez un nom à ce filtre."))
    if not query or len(query) > LONGEST:
        raise Refused(_("Choisissez d’abord des filtres ou cherchez des mots."))
    with transaction.atomic():
        own = of(owner, model).select_for_update()
        if own.exclude(name=name).count() >= MOST:
            refusal = _("Vous avez déjà %(n)s filtres de cette liste : retirez-en un d’abord.")
            raise Refused(refusal % {"n": MOST})
        kept, _made = SavedFilter.objects.update_or_create(
            owner=owner, rows=model._meta.label_lower, name=name, defaults={"query": query}
        )
    return kept


def forget(owner: Any, model: type[models.Model], *, pk: str) -> None:
    if pk.isascii() and pk.isdecimal() and len(pk) < 19:
        of(owner, model).filter(pk=int(pk)).delete()


def _query(asked: QueryDict) -> str:
    kept = asked.copy()
    for name in list(kept):
        if name in OF_THE_MOMENT or name.startswith("_"):
            del kept[name]
    return kept.urlencode()
