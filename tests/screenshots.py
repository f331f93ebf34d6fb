"""Photograph the demo magazine: `python -m tests.screenshots docs/screenshots [name …]`.

Each page at 1280 and 360 px, light and dark, whole, half size; and the article as it prints.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright
from tqdm import tqdm

from tests.demo_server import magazine

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
SIZES = {"1280": (1280, 800), "360": (360, 740)}
TALLEST = 6000  # of a page, in CSS pixels: the rest repeats
PAGES = {
    "home": "/",
    "home-en": "/en/",
    "section": "/medicaments-soins/",
    "article": "/x/article/1",  # the id decides
    "article-en": "/en/x/article/1",
    "article-long": "",
    "article-bare": "/x/article/12",
    "tag": "/mots-cles/medicaments/",
    "author": "/auteurs/medecine-2-0/",
    "search": "/recherche?q=sommeil",
    "search-none": "/recherche?q=zzxqv",
    "most-read": "/les-plus-lus/",
    "404": "/nulle-part/",
    "login": "/compte/login/",
    "signup": "/compte/signup/",
    "signup-errors": "/compte/signup/ !",
    "reset": "/compte/password/reset/",
    "page": "/a-propos/vie-privee/",
}
MEMBERS = {
    "profile": "/compte/profil/",
    "email": "/compte/email/",
    "password": "/compte/password/change/",
    "mfa": "/compte/2fa/",
    "mfa-totp": "/compte/2fa/totp/activate/",
    "mfa-keys": "/compte/2fa/webauthn/",
    "mfa-add-key": "/compte/2fa/webauthn/add/",
    "reauthenticate": "/compte/reauthenticate/",
    "logout": "/compte/logout/",
}


def go(page: Any, site: str, where: str) -> None:
    """Open an address; with " !", send its form empty."""
    page.goto(site + where.removesuffix(" !"))
    if where.endswith(" !"):
        page.locator("main form button[type=submit]").first.click()


LOAD_ALL = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


def photograph(page: Any, file: Path, width: int) -> None:
    page.evaluate(LOAD_ALL)  # those below the fold too
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS).save(
        file, quality=55, method=6
    )


def sign_in(page: Any, site: str, email: str, password: str) -> None:
    page.goto(f"{site}/compte/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{site}/")


def main(folder: Path, wanted: set[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with magazine() as (site, long_article), sync_playwright() as playwright:
        chosen = {
            name: where
            for name, where in {**PAGES, "article-long": long_article, **MEMBERS}.items()
            if not wanted or name in wanted
        }
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        rounds = [(size, scheme) for size in SIZES for scheme in ("light", "dark")]
        for size, scheme in tqdm(rounds, unit="round"):
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="fr-FR",
                reduced_motion="reduce",
            )
            page = context.new_page()
            for name, where in chosen.items():
                if name in MEMBERS and not any(
                    cookie["name"] == "sessionid" for cookie in context.cookies()
                ):
                    sign_in(page, site, "lecteur@example.org", "demo-carevox-2026")
                go(page, site, where)
                photograph(page, folder / f"{name}-{size}-{scheme}.webp", width)
                if name == "article" and size == "1280" and scheme == "light":
                    page.pdf(path=folder / "article-print.pdf", format="A4")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
