"""Anchors of the headings, and the table of contents that leads to them."""

from __future__ import annotations

from typing import TypedDict

from lib.html.tree import Element, elements, outermost, serialise
from lib.text import plain_text, slugify_words

LEVELS = {"h2", "h3", "h4"}


class Heading(TypedDict):
    id: str
    text: str
    level: int


def anchor_headings(tree: Element) -> list[Heading]:
    """Name each heading and return them all; one without words goes, one whose words are all struck
    stays without a name."""
    headings: list[Heading] = []
    taken: dict[str, int] = {}
    for heading in outermost(tree, LEVELS):
        text = plain_text(serialise(heading))
        if not text:
            if not any(each.tag == "s" for each in elements(heading)):
                heading.replace_with()
            continue
        name = _free_name(slugify_words(text, limit=40, fallback="partie"), taken)
        headings.append({"id": name, "text": text, "level": int(heading.tag[1])})
        heading.start = f'<{heading.tag} id="{name}">'
    return headings


def _free_name(base: str, taken: dict[str, int]) -> str:
    """Return an anchor that no other heading has, and that never meets an id of the page.

    `taken` holds the last number given to each name, so that equal headings are not counted anew.
    """
    name = first = f"s-{base}"
    number = taken.get(first, 1)
    while name in taken:
        number += 1
        name = f"{first}-{number}"
    taken[name] = 1
    taken[first] = number
    return name
