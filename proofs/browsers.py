"""Firefox and Chromium, driven by a script of ours in Node through puppeteer-core."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PUPPETEER = HERE.parent / ".venv" / "puppeteer" / "node_modules"
PROGRAMS = {"firefox": ("firefox-esr", "firefox"), "chrome": ("chromium", "google-chrome")}
LONGEST = 180  # seconds of one script


def program(browser: str) -> str:
    """Return where the browser is: FIREFOX, CHROME, or what the system has."""
    named = os.environ.get(browser.upper()) or next(
        filter(None, map(shutil.which, PROGRAMS[browser])), ""
    )
    if not named:
        raise SystemExit(f"{browser} is missing: apt install {PROGRAMS[browser][0]}.")
    return named


def driven(script: str, browser: str, **options: Any) -> dict[str, Any]:
    """Run `proofs/<script>` in the browser and return what it has seen."""
    if not (PUPPETEER / "puppeteer-core").is_dir():
        raise SystemExit("puppeteer-core is missing: install npm and run make .venv/puppeteer.")
    told = {"browser": browser, "program": program(browser), **options}
    done = subprocess.run(
        ["node", str(HERE / script), json.dumps(told)],
        env={**os.environ, "NODE_PATH": str(PUPPETEER)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    if done.returncode:
        raise SystemExit(f"{script} in {browser}: {done.stderr.strip()}")
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
