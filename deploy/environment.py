"""The environment of the services, for scripts that are run by hand: what systemd would give them. Standard library only."""

import os
import shlex
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


def read() -> None:
    """Add what CAREVOX_ENV (/etc/carevox.env) and the file `.env` of the site say; what is set already stays, as it does for the site."""
    named = os.environ.get("CAREVOX_ENV")
    for path in (Path(named or "/etc/carevox.env"), ROOT / ".env"):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            if named and path == Path(named):
                sys.exit(f"{path}, named by CAREVOX_ENV, does not exist.")
            continue
        except PermissionError:
            sys.exit(f"{path} may not be read: run this as root or as the user of the services.")
        for line in lines:
            name, equals, value = line.strip().removeprefix("export ").partition("=")
            if equals and not name.startswith("#"):
                os.environ.setdefault(name.strip(), " ".join(shlex.split(value)))


def data() -> Path:
    return ROOT / os.environ.get("DATA_DIR", "var")


def media() -> Path:
    return ROOT / os.environ.get("MEDIA_ROOT", data() / "media")


def database() -> str:
    return os.environ.get("DATABASE_URL", f"sqlite:///{data() / 'carevox.sqlite3'}")


def sqlite_file(url: str) -> Path:
    """Return the file as the site understands the address: three slashes and a relative path, or four and an absolute one."""
    return ROOT / unquote(urlsplit(url).path[1:])


def without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":…@") if password else url
