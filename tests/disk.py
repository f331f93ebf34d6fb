"""What a database has left on the disk."""

import subprocess
from pathlib import Path

from django.db import connection


def bytes_of_sqlite() -> bytes:
    """Return the bytes of the file and of its write-ahead log.

    Another process reads them: whoever closes a file gives up the locks that SQLite holds on it in
    the same process, and the next process to leave would take the log away under us.
    """
    path = str(connection.settings_dict["NAME"])
    files = [path + part for part in ("", "-wal") if Path(path + part).exists()]
    return subprocess.run(["cat", *files], check=True, capture_output=True).stdout
