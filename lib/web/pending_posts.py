"""What somebody sent without being signed in waits in the session while they sign in.

Who has sent nothing has no session.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

KEY = "pending_posts"
MOST = 5  # texts a session, the latest
LONGEST = 6000  # characters a field: twice what any form takes


def keep(request: HttpRequest, name: str, fields: Mapping[str, str]) -> None:
    """Keep the texts under this name and say so; empty ones are not worth a session."""
    texts = {field: text.replace("\x00", "")[:LONGEST] for field, text in fields.items()}
    if any(text.strip() for text in texts.values()):
        others = [(key, kept) for key, kept in request.session.get(KEY, {}).items() if key != name]
        request.session[KEY] = dict([*others, (name, texts)][-MOST:])
        messages.info(
            request,
            _("Connectez-vous : ce que vous avez écrit vous attend, il restera à l’envoyer."),
        )


def kept(request: HttpRequest, name: str) -> dict[str, str]:
    texts: dict[str, str] = request.session.get(KEY, {}).get(name, {})
    return texts


def forget(request: HttpRequest, name: str) -> None:
    if kept(request, name):
        request.session[KEY] = {
            key: texts for key, texts in request.session[KEY].items() if key != name
        }
