"""Measure the demo magazine with Lighthouse: `python -m tests.lighthouse [name …]`.

Needs Node (npx) and Chromium.

Nothing is kept but the figures on the screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.demo_server import magazine
from tests.screenshots import CHROMIUM

PAGES = {
    "home": "/",
    "section": "/medicaments-soins/",
    "article": "/medicaments-soins/bien-se-soigner/article/ce-que-j-ai-trouve-en-vidant-l-1",
    "article-long": "",
    "tag": "/mots-cles/medicaments/",
    "author": "/auteurs/medecine-2-0/",
    "search": "/recherche?q=sommeil",
    "search-nearest": "/recherche?q=comment+mieux+dormir+quand+il+fait+chaud",
    "search-none": "/recherche?q=zzxqv",
    "search-danger": "/recherche?q=envie+de+mourir",
    "help": "/trouver-de-l-aide/",
    "crisis": "/sante-au-quotidien/article/idees-noires-ce-que-l-on-m-a-dit-25",
    "most-read": "/les-plus-lus/",
    "form": "/compte/signup/",
    "english": "/en/",
}
FLAGS = "--headless=new --no-sandbox --disable-gpu"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def measure(url: str, report: Path) -> str:
    """Return one line: the four scores, then LCP, CLS, TBT, weight, requests, scripts."""
    command = [
        "npx",
        "--yes",
        "lighthouse",
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
    ]
    subprocess.run(
        command, env={**os.environ, "CHROME_PATH": CHROMIUM}, check=True, stdout=subprocess.DEVNULL
    )
    found = json.loads(report.read_text())
    audits = found["audits"]
    scores = " / ".join(str(round(found["categories"][name]["score"] * 100)) for name in CATEGORIES)
    requests = [
        item
        for item in audits["network-requests"]["details"]["items"]
        if item["url"].startswith("http")
    ]
    weight, scripts = (
        sum(item["transferSize"] for item in requests if kind in (None, item["resourceType"]))
        / 1000
        for kind in (None, "Script")
    )
    times = [
        audits[name]["displayValue"]
        for name in ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    ]
    failed = [
        name
        for name, audit in audits.items()
        if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"
    ]
    speed = f"LCP {times[0]}  CLS {times[1]}  TBT {times[2]}"
    load = f"{weight:.1f} kB  {len(requests)} requests  {scripts:.1f} kB JS"
    return f"{scores}  {speed}  {load}  {', '.join(failed)}"


def main(wanted: set[str]) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="carevox-lighthouse-") as folder,
        magazine() as (site, long_article),
    ):
        for name, path in {**PAGES, "article-long": long_article}.items():
            if not wanted or name in wanted:
                figures = measure(site + path, Path(folder) / f"{name}.json")
                print(f"{name:12} {figures}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(set(sys.argv[1:]))
