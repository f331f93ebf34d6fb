"""Which version of CareVox this is."""

from __future__ import annotations

import re
from pathlib import Path

RELEASE = re.compile(r"^## \[?(\d+\.\d+\.\d+)", re.MULTILINE)


def newest_version(changelog: Path) -> str:
    """Return the newest version that CHANGELOG.md names; "0" without one."""
    text = changelog.read_text(encoding="utf-8") if changelog.is_file() else ""
    found = RELEASE.search(text)
    return found[1] if found else "0"
