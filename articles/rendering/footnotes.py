"""Footnotes: from the call to the note and back."""

from __future__ import annotations

import re

from lib.html.tree import Element, Node, elements, is_blank, new_element, start_tag

CALL = re.compile(r'<sup(?: id="appel-\d+")?>')
LINK = re.compile(r'<a href="#note-(\d+)"')
NOTE = re.compile(r'<li id="note-(\d+)">')


def link_footnotes(tree: Element) -> None:
    """Name the calls and give each note a way back to the first call."""
    called: set[str] = set()
    notes: list[tuple[str, Element]] = []
    for element in elements(tree):
        if element.tag == "sup" and CALL.fullmatch(element.start):
            _name_call(element, called)
        elif element.tag == "li" and (found := NOTE.fullmatch(element.start)):
            notes.append((found[1], element))
        elif element.start == '<section class="footnotes">':
            _name_section(element)
    for number, note in notes:  # only now, since a call may stand below its note
        if number in called:
            note.children += [" ", _way_back(number)]


def _name_call(call: Element, called: set[str]) -> None:
    """Say where the first link of the superscript leads, and name the first call of each note."""
    content = _trimmed(call.children)
    match content:
        case [Element(tag="a") as link] | [Element(tag="a") as link, *_, Element(tag="a")]:
            if found := LINK.match(link.start):
                link.start = _start_of_call(found[1], is_first=found[1] not in called)
                call.start, call.children = "<sup>", content
                called.add(found[1])


def _trimmed(nodes: list[Node]) -> list[Node]:
    filled = [n for n, node in enumerate(nodes) if not is_blank(node)]
    return nodes[filled[0] : filled[-1] + 1] if filled else []


def _start_of_call(number: str, *, is_first: bool) -> str:
    name = {"id": f"appel-{number}"} if is_first else {}
    address = {"class": "prose__note", "href": f"#note-{number}"}
    return start_tag("a", {**address, **name, "aria-label": f"Note {number}"})


def _way_back(number: str) -> Element:
    label = f"Retour au texte, note {number}"
    address = {"class": "prose__note", "href": f"#appel-{number}"}
    return new_element("a", {**address, "aria-label": label}, "↑")


def _name_section(section: Element) -> None:
    match section.children[:1]:
        case [Element(start="<ol>") as notes]:
            section.start = '<section class="footnotes" aria-label="Notes">'
            notes.start = '<ol class="footnotes__list">'
