"""Every kind of page of the demonstration under axe (WCAG 2.2 A and AA, best practice), for each
role: the admin, the pages of members and the public ones.

All links are followed from the front page, the account and the admin; of each kind of address two
pages are tried, at 1280 px light and 360 px dark.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import sync_playwright

from tests.accessibility import violations
from tests.demo_server import magazine
from tests.screenshots import CHROMIUM, sign_in

# accounts of the demonstration, and one more
ROLES = ("", "lecteur", "redacteur", "moderateur", "editeur", "exploitant")
PASSWORD = "demo-carevox-2026"
SUPERUSER = f"""
import django; django.setup()
from authors.models import User
from outbox import posting
posting.post(to="alice@example.org", subject="Un objet", body="Un texte")
User.objects.create_superuser("exploitant@example.org", "{PASSWORD}")
"""
STARTS = ("/", "/en/", "/compte/profil/", "/compte/2fa/", "/admin/", "/style/", "/nulle-part/")
OF_A_KIND = 2  # one may be empty, or without a picture
MOST_PAGES = 400  # a role
VIEWS = (({"width": 1280, "height": 900}, "light"), ({"width": 360, "height": 740}, "dark"))
LINKS = "() => [...document.links].map((link) => link.href)"
# what ends the session, is no page, or opens another site
LEFT_OUT = re.compile(r"/(?:logout|jsi18n|feed|media|static|partager)(?:/|$)|\.\w{2,4}$")


def main() -> None:
    found: list[str] = []
    tried = 0
    with magazine(SUPERUSER) as (site, _long_article), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for role in ROLES:
            page = browser.new_page(locale="fr-FR", reduced_motion="reduce")
            if role:
                sign_in(page, site, f"{role}@example.org", PASSWORD)
            who, seen = role or "nobody", 0
            for address, status in pages(page, site):
                seen += 1
                found += [f"{who}: {address} {one}" for one in faults(page)]
                found += [f"{who}: {address} answers {status}"] if status >= 500 else []
            print(f"{who}: {seen} pages", flush=True)
            tried += seen
            page.context.close()
        browser.close()
    print(f"accessibility: {tried} pages, {len(found)} faults")
    sys.exit("\n".join(found) if found else 0)


def pages(page: Any, site: str) -> Iterator[tuple[str, int]]:
    """Open page after page that links lead to, few of each kind, and yield where they are and with
    which status they came."""
    waiting, known, kinds = deque(site + start for start in STARTS), set[str](), Counter[str]()
    while waiting and len(known) < MOST_PAGES:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in known or kinds[kind] >= OF_A_KIND:
            continue
        known.add(address)
        answer = page.goto(address)
        kinds[kind] += 1
        arrived = kind_of(page.url)
        if arrived != kind:
            kinds[arrived] += 1
            if kinds[arrived] > OF_A_KIND:
                continue
        yield page.url, answer.status
        links = (urldefrag(urljoin(page.url, link))[0] for link in page.evaluate(LINKS))
        waiting += [link for link in links if is_ours(link, site)]


def kind_of(address: str) -> str:
    """Return an address without what tells two pages of one kind apart."""
    parts = urlsplit(address)
    path = re.sub(r"/\d{4}/\d{2}/", "/YEAR/MONTH/", parts.path)
    path = re.sub(r".*/article/[^/]+", "/article", path)
    path = re.sub(r"/(auteurs|mots-cles|sante|a-propos)/[^/]+", r"/\1/NAME", path)
    path = re.sub(r"\d+", "N", path)
    names = sorted({part.partition("=")[0] for part in parts.query.split("&") if part})
    is_list_of_admin = path.startswith("/admin/")  # filtered and sorted in a hundred ways
    return path if is_list_of_admin else f"{path}?{'&'.join(names)}"


def is_ours(link: str, site: str) -> bool:
    return link.startswith(f"{site}/") and not LEFT_OUT.search(urlsplit(link).path)


def faults(page: Any) -> Iterator[str]:
    for size, scheme in VIEWS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for rule, nodes in violations(page):
            yield f"at {size['width']} px, {scheme}: {rule}: {nodes}"


if __name__ == "__main__":
    main()
