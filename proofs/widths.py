"""Six pages of the demonstration at every width from 300 to 1,400 px, in four sizes of text.

None may scroll sideways. The sizes are those that a reader sets in the browser.
"""

from __future__ import annotations

import re
import sys
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.demo_server import magazine
from tests.screenshots import CHROMIUM
from tests.widths import SIZES, WIDTHS, text_of, too_wide


def main() -> None:
    found: list[str] = []
    tried = 0
    with magazine() as (site, _long_article), sync_playwright() as playwright:
        addresses = [site + path for path in paths(site)]
        for size in SIZES:
            launch = {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}
            with text_of(size, playwright.chromium, **launch) as page:
                for address in addresses:
                    found += [
                        f"text of {size} px: {one}" for one in too_wide(page, address, WIDTHS)
                    ]
                    tried += len(WIDTHS)
    print(f"widths: {tried} pages, {len(found)} of them scroll sideways")
    sys.exit("\n".join(found) if found else 0)


def paths(site: str) -> list[str]:
    """Return the six: home, an article with a table, section, sign-in, search, contact."""
    articles = dict.fromkeys(re.findall(r'href="(/[^"]+/article/[^"]+)"', text(f"{site}/")))
    with_table = next(path for path in articles if 'class="prose__table"' in text(site + path))
    section = f"/{with_table.split('/')[1]}/"
    return ["/", with_table, section, "/compte/login/", "/recherche/?q=sommeil", "/contact/"]


def text(address: str) -> str:
    with urlopen(address) as answer:
        body: bytes = answer.read()
    return body.decode()


if __name__ == "__main__":
    main()
