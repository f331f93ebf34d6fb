"""Who may keep a page: nobody those of accounts and of the admin, the reader's browser all others.

Every page shows whether its reader is signed in, so no cache on the way may give it to somebody
else; the browser may, so that Back brings a page as it was left, with what was typed into it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from lib.web.languages import neutral

LASTING = {301, 308}  # where an old address leads is the same for all, and for good


class CacheControlMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_script = response.get("Content-Type", "").startswith("text/javascript")
        if _is_secret(request.path_info) and not is_script:
            patch_cache_control(response, private=True, no_store=True)
        elif _is_page(response) and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _is_page(response: HttpResponse) -> bool:
    is_html: bool = response.get("Content-Type", "").startswith("text/html")
    return is_html and response.status_code not in LASTING


def _is_secret(path: str) -> bool:
    """Tell whether the page is one of accounts, which may show what is shown once, or the admin's.

    The profile is not: people write there.
    """
    page = neutral(path)
    return page.startswith(("/compte/", "/admin/")) and page != "/compte/profil/"
