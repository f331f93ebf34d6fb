"""The mails that the demo would have sent, to read in the browser.

In the URLconf with DEBUG only.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lib.web.http import read_only

SHOWN = 30


@read_only
def mails(request: HttpRequest) -> HttpResponse:
    """Show the newest mails first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "var/mails")
    files = (
        sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]
        if folder.is_dir()
        else []
    )
    return render(request, "demo/mails.html", {"mails": [_read(path) for path in files]})


def _read(path: Path) -> dict[str, str]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content() if body else ""
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "text": text.partition("-" * 79)[0],
    }
