"""Struck text, which looks dead and would be read aloud as if it were alive."""

from __future__ import annotations

from lib.html.tree import Element, new_element, outermost


def name_struck(tree: Element) -> None:
    """Say before and behind each struck passage that it is one, for who does not see the line."""
    for struck in outermost(tree, {"s"}):
        struck.children = [_unseen("[barré : "), *struck.children, _unseen("]")]


def _unseen(text: str) -> Element:
    return new_element("span", {"class": "unseen"}, text)
