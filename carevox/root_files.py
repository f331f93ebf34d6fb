"""What browsers ask for at the root of the site by themselves: `static/root/`."""

from __future__ import annotations

from wsgiref.headers import Headers

WEEK = 7 * 24 * 3600


def keep_a_week(headers: Headers, path: str, url: str) -> None:
    """Let browsers and proxies keep them: their names never change, their content hardly."""
    if url.count("/") == 1:
        headers["Cache-Control"] = f"max-age={WEEK}, public"
