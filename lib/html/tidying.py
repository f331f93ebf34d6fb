"""What a typed text still needs once nh3 has made it safe.

Residue of typing goes; captions, header rows and calls of notes, which the editor's schema cannot
hold, come back. Elements move, go, or get a fixed attribute: none is made from what people typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from lib.html.tree import Element, Node, is_blank, outermost, parse, serialise

WORTH_NOTHING_EMPTY = {"p", "h2", "h3", "h4", "li", "figure", "figcaption"}
WORTH_THEIR_SPACE = {  # what stands between two words may hold nothing but the space
    *("strong", "em", "s", "span", "a", "sup", "sub", "code", "q", "cite", "abbr")
}
WITHOUT_LAST_BREAK = {"p", "li", "h2", "h3", "h4", "td", "th"}
HOLDS_ONE_PARAGRAPH = {"td", "th", "li"}
BLOCKS_OF_AN_ITEM = {"p", "ul", "ol", "td", "th", "li"}
BLOCKS = BLOCKS_OF_AN_ITEM | {
    *(
        "h2",
        "h3",
        "h4",
        "blockquote",
        "footer",
        "figure",
        "figcaption",
        "section",
        "table",
        "hr",
        "img",
    ),
    *("pre", "caption", "thead", "tbody", "tfoot", "tr"),
}
NOTE_LINK = re.compile(r'<a href="#note-\d{1,3}"')


def tidy(html: str) -> str:
    """Return what nh3 has cleaned as the database keeps it; doing it twice changes nothing."""
    return serialise(parse(html, _settle)).strip()


def _settle(element: Element) -> list[Node]:
    if _says_nothing(element):
        return element.children
    if element.tag == "pre":
        _drop_first_lines(element)
    if element.tag in WITHOUT_LAST_BREAK:
        _drop_last_breaks(element)
    if all(map(is_blank, element.children)):
        if element.tag in WORTH_NOTHING_EMPTY:
            return []
        if element.tag in WORTH_THEIR_SPACE:
            return element.children
    if restore := RESTORED.get(element.tag):
        restore(element)
    return [element]


def _says_nothing(element: Element) -> bool:
    """Tell whether an element is nothing without the attributes that it has lost."""
    needed = {"a": "href", "img": "src"}.get(element.tag)
    return element.start == "<span>" or bool(needed and needed not in element.attributes)


def _drop_first_lines(pre: Element) -> None:
    """Remove the empty lines at the beginning: each reading of HTML would swallow one of them."""
    while pre.children and isinstance(text := pre.children[0], str):
        pre.children[0] = text.lstrip("\n")
        if pre.children[0]:
            break
        del pre.children[0]


def _drop_last_breaks(element: Element) -> None:
    """Remove the line breaks that typing leaves at the end, with the space behind each."""
    end = len(element.children)
    for n in range(len(element.children) - 1, -1, -1):
        node = element.children[n]
        if isinstance(node, Element) and node.tag == "br":
            end = n
        elif not is_blank(node):
            break
    del element.children[end:]


# --- what the editor's schema cannot hold ---


def _unwrap_lone_paragraph(item: Element) -> None:
    match item.children:
        case [Element(start="<p>") as paragraph] if _first(paragraph, BLOCKS_OF_AN_ITEM) is None:
            item.children = paragraph.children


def _restore_table(table: Element) -> None:
    _restore_caption(table)
    _restore_header(table)


def _restore_caption(table: Element) -> None:
    """Make the attribute that the editor writes a caption, unless the table has one with words."""
    name, table.start = table.attributes.get("data-caption"), "<table>"
    table.children = [node for node in table.children if not _is_empty_caption(node)]
    if name and _caption(table) is None:
        table.children[:0] = [Element("<caption>", [escape(name, quote=False)])]


def _is_empty_caption(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "caption" and not node.children


def _caption(table: Element) -> Element | None:
    match table.children[:1]:
        case [Element(tag="caption") as caption]:
            return caption
    return None


def _restore_header(table: Element) -> None:
    """Make a first row of nothing but header cells the head of the table."""
    place = 1 if _caption(table) else 0
    match table.children[place : place + 1]:
        case [Element(start="<tbody>") as body] if cells := _header_cells(body):
            for cell in cells:
                cell.start = '<th scope="col">' if cell.start == "<th>" else cell.start
            table.children.insert(place, Element("<thead>", [body.children.pop(0)]))


def _header_cells(body: Element) -> list[Element]:
    """Return the cells of the first row if all are header cells and another row follows."""
    match body.children[:2]:
        case [Element(start="<tr>") as row, Element(start="<tr>")]:
            cells = [node for node in row.children if isinstance(node, Element)]
            return cells if len(cells) == len(row.children) and all(map(_is_header, cells)) else []
    return []


def _is_header(cell: Element) -> bool:
    return cell.tag == "th" and _first(cell, {"th", "td", "tr"}) is None


def _restore_note_call(link: Element) -> None:
    """Put the superscript around the link, as notes are called on a page."""
    match link.children:
        case [Element(start="<sup>") as number] if NOTE_LINK.match(link.start):
            if all(isinstance(node, str) for node in number.children):
                link.replace_with(Element("<sup>", [Element(link.start, number.children)]))


def _restore_caption_of_nothing(figure: Element) -> None:
    """Make the caption a paragraph when the picture of the figure was not kept."""
    captions = [node for node in figure.children if isinstance(node, Element)]
    if not captions or any(node.tag != "figcaption" or _first(node, BLOCKS) for node in captions):
        return
    for caption in captions:
        caption.start, caption.tag = "<p>", "p"
    figure.replace_with(*figure.children)


def _first(root: Element, tags: set[str]) -> Element | None:
    return next(outermost(root, tags), None)


RESTORED: dict[str, Callable[[Element], None]] = {
    **dict.fromkeys(HOLDS_ONE_PARAGRAPH, _unwrap_lone_paragraph),
    "table": _restore_table,
    "figure": _restore_caption_of_nothing,
    "a": _restore_note_call,
}
