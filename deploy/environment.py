"""The environment of the services, for scripts that are run by hand: what systemd would give them.
Standard library only."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


def read() -> None:
    """Add what CAREVOX_ENV (/etc/carevox.env) and the file `.env` of the site say; what is set
    already stays, as it does for the site."""
    named = variable("CAREVOX_ENV", "")
    for path in (Path(named or "/etc/carevox.env"), ROOT / ".env"):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            if named and path == Path(named):
                sys.exit(f"{path}, named by CAREVOX_ENV, does not exist.")
            continue
        except PermissionError:
            sys.exit(f"{path} may not be read: run this as root or as the user of the services.")
        except UnicodeDecodeError:
            sys.exit(f"{path} is no text in UTF-8.")
        said = [line.strip().removeprefix("export ").partition("=") for line in lines]
        # of a name that stands twice the last value counts, as for systemd and the site
        for name, value in {name.strip(): value for name, equals, value in said if equals}.items():
            if name.isidentifier():
                os.environ[name] = variable(name, _unquoted(value.strip()))


def _unquoted(value: str) -> str:
    """Return a value without quotation marks around it; one inside belongs to it, as for the
    site."""
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "'\"":
        return value
    return value[1:-1] if value[0] == "'" else re.sub(r"\\(.)", r"\1", value[1:-1])


def variable(name: str, default: str) -> str:
    """Return a variable without blanks around it; empty is unset, as in carevox/env/reading.py."""
    return os.environ.get(name, "").strip() or default


def data() -> Path:
    return ROOT / variable("DATA_DIR", "var")


def media() -> Path:
    return ROOT / variable("MEDIA_ROOT", str(data() / "media"))


def database() -> str:
    return variable("DATABASE_URL", f"sqlite:///{quote(str(data() / 'carevox.sqlite3'))}")


def backups() -> Path:
    return ROOT / variable("BACKUP_DIR", str(data() / "backups"))


def sqlite_file(url: str) -> Path:
    """Return the file as the site understands the address: three slashes and a relative path, or
    four and an absolute one."""
    return ROOT / unquote(urlsplit(url).path[1:])


def without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(f":{password}@", ":…@") if password else url
