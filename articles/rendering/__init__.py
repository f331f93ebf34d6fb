"""From the text as it was written to what the page shows: typography, anchors, contents, pictures,
boxes, links to other articles, scrolling tables.

Done once, when the article is saved, a picture it shows has new renditions, or an article that it
leads to has another address. Asks no database: whoever calls brings the pictures and addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.rendering.footnotes import link_footnotes
from articles.rendering.headings import Heading, anchor_headings
from articles.rendering.links import lead_to_articles
from articles.rendering.pictures import LibraryPicture, draw_pictures
from articles.rendering.struck import name_struck
from articles.rendering.tables import wrap_tables
from lib.html.boxes import name_boxes
from lib.html.tree import parse, serialise
from lib.text import word_count
from lib.writing.typography import typography_html

__all__ = ["Heading", "LibraryPicture", "Rendered", "render"]


@dataclass
class Rendered:
    """html: ready for the page; headings: those of the contents, in order; words: of the text,
    notes included."""

    html: str
    headings: list[Heading] = field(default_factory=list)
    words: int = 0


def render(
    body: str, pictures: Mapping[str, LibraryPicture], articles: Mapping[int, str] | None = None
) -> Rendered:
    """Return what the page shows of a cleaned text.

    `pictures`: those of the library, by address; no other is shown. `articles`: the addresses of
    those that readers know, by number; no other is led to.
    """
    tree = parse(body)
    headings = anchor_headings(tree)
    wrap_tables(tree)
    link_footnotes(tree)
    name_boxes(tree)
    lead_to_articles(tree, articles or {})
    draw_pictures(tree, pictures)
    name_struck(tree)
    return Rendered(
        html=typography_html(serialise(tree)), headings=headings, words=word_count(body)
    )
