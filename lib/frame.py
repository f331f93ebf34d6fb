"""What the roof says of the site, for the floors below it: feeds, share pictures and mails need the site's name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def magazine() -> Any:
    """Return the site's settings as pages have them (`settings.SITE_FRAME`). One query when it is read."""
    return import_string(settings.SITE_FRAME)(None)["magazine"]


def absolute(path: str) -> str:
    """Return the address with scheme and host, for other machines."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"
