"""Where browsers tell that an article was read."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from authors.models import Author
from lib.web.limits import client_address
from readings import visitors
from readings.beacon import queue
from readings.beacon.beacons import ACTS, Beacon

LONGEST_BODY, MOST_FIELDS = 1000, 10
LARGEST_ID = 2**63 - 1


@csrf_exempt  # nobody's session is used to write, and what another site sends does not count
@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """Take a beacon: 204 whether it counts or not, 400 if it makes no sense.

    The time is ours, never the browser's.
    """
    length = _number(request.META.get("CONTENT_LENGTH") or "0")
    if length is None or length > LONGEST_BODY:
        return HttpResponseBadRequest()
    sent = _sent(request)
    act = ACTS.get(sent.get("act", ""))
    article = _number(sent.get("article", ""))
    position = _number(sent.get("position", "0"))
    if act is None or not article or position is None:
        return HttpResponseBadRequest()
    address = client_address(request)
    if not visitors.does_not_count(request, address):
        visitor = visitors.visitor_of(request, address)
        queue.queue.put(
            Beacon(
                act=act,
                article=article,
                visitor=visitor.key,
                network=visitor.network,
                at=timezone.now(),
                reader=_reader(request),
                position=position,
            )
        )
    return HttpResponse(status=204)


def _sent(request: HttpRequest) -> dict[str, str]:
    """Return the fields as `sendBeacon` sends them, none if the body is no such form.

    Django's own parsing costs twice as much.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl(request.body.decode("ascii"), max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def _number(text: str) -> int | None:
    """Return the whole number that fits a 64-bit column, None for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None


def _reader(request: HttpRequest) -> int | None:
    """Return the author who is signed in; a visitor without a session costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    author = Author.objects.of(request.user)
    return author.pk if author else None
