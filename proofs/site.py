"""The site as production runs it, for a proof: its settings."""

from __future__ import annotations

from pathlib import Path

HOST = "localhost"


def environment(folder: Path | str, **more: str) -> dict[str, str]:
    """Return the settings of a site whose files lie in the folder."""
    return {
        "DJANGO_SETTINGS_MODULE": "carevox.settings",
        "SITE_URL": f"http://{HOST}:8000",
        "SECRET_KEY": "proof-only-" * 6,
        "DATA_DIR": str(folder),
        "STATIC_ROOT": str(Path(folder) / "static"),
        "EMAIL_URL": "filemail://",
        "MINIMUM_FORM_SECONDS": "0",
        "LOG_LEVEL": "ERROR",
        "LOG_FORMAT": "text",
        "QUIET": "1",
        **more,
    }


def behind_nginx(folder: Path, **more: str) -> dict[str, str]:
    https = {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": "127.0.0.1"}
    return environment(folder, **https, TRUSTED_PROXY_COUNT="1", **more)
