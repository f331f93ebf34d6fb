"""Where browsers tell that an article was read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from authors.models import Author
from lib.limits import client_address
from readings import visitors, waiting
from readings.recording import Sign

ACTS = {"read", "shown", "followed"}
LONGEST_BODY = 1000
LARGEST_ID = 2**63 - 1


@csrf_exempt  # nobody's session is used to write, and what another site sends does not count
@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """Take a sign: 204 whether it counts or not, 400 if it makes no sense. The time is ours, never the browser's."""
    length = _number(request.META.get("CONTENT_LENGTH") or "0")
    if length is None or length > LONGEST_BODY:
        return HttpResponseBadRequest()
    act, article, position = request.POST.get("act", ""), _number(request.POST.get("article", "")), _number(request.POST.get("position", "0"))
    if act not in ACTS or not article or position is None:
        return HttpResponseBadRequest()
    address = client_address(request)
    if not visitors.does_not_count(request, address):
        visitor = visitors.visitor_of(request, address)
        waiting.queue.put(
            Sign(act, article, visitor.key, visitor.network, timezone.now(), reader=_reader(request), position=position)  # type: ignore[arg-type]
        )
    return HttpResponse(status=204)


def _number(text: str) -> int | None:
    return number if text.isascii() and text.isdecimal() and len(text) < 20 and (number := int(text)) <= LARGEST_ID else None


def _reader(request: HttpRequest) -> int | None:
    """Return the author who is signed in; a visitor without a session costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    author = Author.objects.of(request.user)
    return author.pk if author else None
