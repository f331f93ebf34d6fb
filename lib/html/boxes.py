"""Boxes of a text: what to keep in mind, to do and not to do; pull quotes; pictures that lead to a
video or a sound on another site, of which nothing is asked before the reader follows."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext

from lib.html.tree import Element, elements, new_element, parse, serialise, start_tag

CLASSES = {"key-point": "box--key-point", "do": "box--do", "dont": "box--dont"}


def with_boxes(html: str) -> str:
    """Return the clean HTML of a text that is drawn in no other way."""
    if "class=" not in html and "<figure>" not in html:
        return html
    tree = parse(html)
    name_boxes(tree)
    return serialise(tree)


def name_boxes(tree: Element) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # of the text, not of who saves it
        names = {
            "key-point": gettext("À retenir"),
            "do": pgettext("box of a text", "À faire"),
            "dont": gettext("À ne pas faire"),
        }
        for element in elements(tree):
            match element.tag:
                case "section" if kind := element.attributes.get("class", ""):
                    if kind in names:
                        _name(element, kind, names[kind])
                case "blockquote" if 'class="pull"' in element.start:
                    element.start = start_tag(
                        "blockquote", element.attributes | {"class": "pull-quote"}
                    )
                case "figure":
                    _say_where_it_leads(element)


def _name(section: Element, kind: str, name: str) -> None:
    section.start = start_tag("section", {"class": f"box {CLASSES[kind]}", "aria-label": name})
    section.children[:0] = [new_element("p", {"class": "box__name"}, name)]


def _say_where_it_leads(figure: Element) -> None:
    """Put a link below a picture that leads to another site, which names it."""
    match figure.children:
        case [Element(tag="a", children=[Element(tag="img")]) as link, *captions]:
            address = link.attributes.get("href", "")
            site = urlsplit(address).hostname if address.startswith("http") else None
        case _:
            return
    if not site:
        return
    said = gettext("Ouvrir sur %(site)s") % {"site": escape(site.removeprefix("www."))}
    way = new_element("a", {"class": "media__open", "href": address, "rel": "noopener"}, said)
    figure.start = '<figure class="media">'
    caption = next((one for one in captions if isinstance(one, Element)), None)
    if caption is None:
        figure.children.append(new_element("figcaption", {}, way))
    else:
        caption.children += [" ", way]
