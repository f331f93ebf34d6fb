"""Clean HTML as a tree of its own source, to be looked at and changed element by element.

It reads what nh3 has written: every element is closed, and no `<` or `>` stands in a text or in an
attribute, so splitting at the tags is all the parsing there is. Texts and start tags stay the
source that they were. What nobody changes is written back byte for byte, and what nh3 has escaped
is never unescaped on the way. Nothing recurses, for a text may nest thousands of elements.
docs/decisions/0009-one-parsed-tree.md says why this is no library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape, unescape
from typing import TypeAlias

TAG = re.compile(r"(</?[a-z][^<>]*>)")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
IMAGE = re.compile(r"<img [^<>]*>")
VOID = {"br", "hr", "img", "source"}

Node: TypeAlias = "Element | str"


class Element:
    """An element; without a start tag, a mere sequence of nodes.

    A string among the children is HTML: escape a text before you add it.
    """

    __slots__ = ("children", "start", "tag")

    def __init__(self, start: str, children: Iterable[Node] = ()) -> None:
        self.start = start
        self.tag = start[1:-1].partition(" ")[0]
        self.children = list(children)

    @property
    def attributes(self) -> dict[str, str]:
        return {name: unescape(value) for name, value in ATTRIBUTE.findall(self.start)}

    def copy(self) -> Element:
        """Return another element with the same children."""
        return Element(self.start, self.children)

    def replace_with(self, *nodes: Node) -> None:
        """Let the nodes stand in its place; without any, it is gone."""
        self.start, self.tag, self.children = "", "", list(nodes)


def new_element(tag: str, attributes: dict[str, str], *children: Node) -> Element:
    return Element(start_tag(tag, attributes), children)


def start_tag(tag: str, attributes: dict[str, str]) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def is_blank(node: Node) -> bool:
    return isinstance(node, str) and node.isspace()


def parse(html: str, settle: Callable[[Element], Iterable[Node]] | None = None) -> Element:
    """Return the sequence of what the HTML holds.

    `settle` gets each element once its children are settled, and returns what stands in its place.
    """
    path = [Element("")]

    def close() -> None:
        element = path.pop()
        path[-1].children += settle(element) if settle else (element,)

    for piece in filter(None, TAG.split(html)):
        if not piece.startswith("<"):
            path[-1].children.append(piece)
        elif not piece.startswith("</"):
            path.append(Element(piece))
            if path[-1].tag in VOID:
                close()
        elif piece[2:-1] == path[-1].tag:
            close()
    while len(path) > 1:
        close()
    return path[0]


def serialise(root: Element) -> str:
    written: list[str] = []
    ahead: list[Node] = [root]
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            written.append(node)
        else:
            written.append(node.start)
            if node.tag and node.tag not in VOID:
                ahead.append(f"</{node.tag}>")
            ahead += node.children[::-1]
    return "".join(written)


def elements(root: Element) -> Iterator[Element]:
    """Yield every element below the root, in order."""
    ahead = root.children[::-1]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Element):
            yield node
            ahead += node.children[::-1]


def outermost(root: Element, tags: Collection[str]) -> Iterator[Element]:
    """Yield the elements of these names below the root, in order; none inside another of them."""
    ahead = root.children[::-1]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Element):
            if node.tag in tags:
                yield node
            else:
                ahead += node.children[::-1]


def image_addresses(html: str) -> list[str]:
    """Return the address of each image, once.

    Builds no tree, for a sitemap asks it of all the texts of a month.
    """
    return list(
        dict.fromkeys(Element(tag).attributes.get("src", "") for tag in IMAGE.findall(html))
    )
