"""What somebody wrote without being signed in waits for them while they sign in, an hour at most.

It may be about their health. So it stands in a table of its own, which no back-up copies; their
session holds only where, whatever it is kept in. Sent or not, it leaves the disk within the hour.
Who has sent nothing has no session.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.secure_delete import clear_remains, overwrite_deleted
from lib.web import http
from lib.web.typed import not_taken
from lib.writing.characters import legible
from magazine.models import UnsentText

KEY = "unsent"
MOST = 5  # texts a session, the latest
LONGEST = 6000  # characters a field: twice what any form takes
LIFE = timedelta(hours=1)  # the privacy page says so
# deleted that much earlier, so that a late timer does not outlive the promise
AHEAD = timedelta(minutes=10)
LAPSED = gettext_lazy(
    "Ce que vous aviez écrit avant de vous connecter n’est plus là : le site ne le garde pas plus"
    " d’une heure."
)
TOO_LONG = gettext_lazy(
    "Ce texte est trop long pour attendre que vous vous connectiez : copiez-le, puis"
    " connectez-vous."
)


def sign_in_first(
    request: HttpRequest, name: str, fields: Mapping[str, str], back: str
) -> HttpResponse:
    """Keep what was typed under this name and lead to the page that signs in, which leads back.

    A text that no form takes does not wait: it is given back at once.
    """
    if any(len(text) > LONGEST for text in fields.values()):
        return not_taken(request, str(TOO_LONG), status=422)
    _keep(request, name, fields)
    return http.sign_in_first(back)


def _keep(request: HttpRequest, name: str, fields: Mapping[str, str]) -> None:
    """Empty texts are not worth a session."""
    texts = {field: legible(text) for field, text in fields.items()}
    if not any(text.strip() for text in texts.values()):
        return
    forget(request, name)
    prune()
    places = [*_places(request).items(), (name, str(UnsentText.objects.create(fields=texts).pk))]
    _delete(UnsentText.objects.filter(pk__in=[pk for _name, pk in places[:-MOST]]))
    request.session[KEY] = dict(places[-MOST:])
    messages.info(
        request,
        _(
            "Connectez-vous : ce que vous avez écrit vous attend, une heure au plus ;"
            " il restera à l’envoyer."
        ),
    )


def kept(request: HttpRequest, name: str) -> dict[str, str]:
    """Return the texts by field; {} when none wait. One query if the session knows of any."""
    if name not in _places(request):
        return {}
    row = UnsentText.objects.filter(pk=_places(request)[name], written_at__gt=_oldest()).first()
    return dict(row.fields) if row else {}


def has_lapsed(request: HttpRequest, name: str) -> bool:
    """Tell, once, whether texts have waited longer than they may."""
    lapsed = name in _places(request) and not kept(request, name)
    if lapsed:
        forget(request, name)
    return lapsed


def forget(request: HttpRequest, name: str) -> None:
    if name in _places(request):
        places = dict(_places(request))
        _delete(UnsentText.objects.filter(pk=places.pop(name)))
        request.session[KEY] = places


def prune() -> int:
    """Delete the texts whose time is over; return how many."""
    return _delete(UnsentText.objects.filter(written_at__lte=_oldest()))


def clear() -> int:
    """Prune, and clear from the disk what was deleted, here or by a request; return how many."""
    deleted = prune()
    clear_remains(UnsentText._meta.db_table)
    return deleted


def _places(request: HttpRequest) -> dict[str, str]:
    places: dict[str, str] = request.session.get(KEY, {})
    return places


def _oldest() -> datetime:
    return timezone.now() - (LIFE - AHEAD)


def _delete(rows: QuerySet[UnsentText]) -> int:
    overwrite_deleted()
    return rows.delete()[0]
