"""Links to our own articles: kept by number in the text, shown by address on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lib.html.tree import Element, elements, start_tag

ADDRESS = re.compile(r"/article/([1-9]\d{0,17})(#\S*)?")
LINK = re.compile(r'<a [^<>]*\bhref="/article/([1-9]\d{0,17})["#]')


def linked_ids(html: str) -> list[int]:
    """Return the number of each article that a clean text leads to, once."""
    return list(dict.fromkeys(map(int, LINK.findall(html))))


def lead_to_articles(tree: Element, addresses: Mapping[int, str]) -> None:
    """Give each link to an article the address that it has now.

    One that readers never had, or that is gone, leaves the words alone.
    """
    for link in elements(tree):
        if link.tag != "a" or "/article/" not in link.start:
            continue
        if found := ADDRESS.fullmatch(link.attributes.get("href", "")):
            if address := addresses.get(int(found[1])):
                link.start = start_tag(
                    "a", {**link.attributes, "href": f"{address}{found[2] or ''}"}
                )
            else:
                link.replace_with(*link.children)
