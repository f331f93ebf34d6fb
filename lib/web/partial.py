"""A page or its fragment, at the same address."""

from django.http import HttpRequest


def wants_partial(request: HttpRequest) -> bool:
    """Tell whether `static/js/partial-form.js` asks: it swaps a fragment, not the page."""
    return request.headers.get("X-Requested-With") == "partial"
