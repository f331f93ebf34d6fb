"""Files of words that people keep: one entry a line, remarks behind a « # »."""

from __future__ import annotations

from pathlib import Path


def lines_of(path: Path) -> list[str]:
    """Return the lines that say something, without what stands around them."""
    lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
