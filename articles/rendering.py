"""From the text as it was written to what the page shows: typography, anchors, contents, pictures, scrolling tables.

Done once, when the article is saved or a picture it shows has new renditions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, TypedDict

from django.conf import settings
from django.utils import translation

from lib.text import plain_text, slugify_words, typography_html, word_count

if TYPE_CHECKING:
    from pictures.models import Picture

HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.DOTALL)
IMAGE = re.compile(r"<img\b[^>]*>")
FIGURE = re.compile(r"<figure>(.*?)</figure>", re.DOTALL)
LINKED_OR_IMAGE = re.compile(r"(<a\b[^>]*>)(.*?)(</a>)|<img\b[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
NOTE_CALL = re.compile(
    r'<sup(?: id="appel-\d+")?>\s*<a href="#note-(\d+)"[^>]*>(.*?)</a>\s*</sup>', re.DOTALL
)
NOTE = re.compile(r'<li id="note-(\d+)">(.*?)</li>', re.DOTALL)
BODY_SIZES = "(min-width: 48rem) 39.5rem, 100vw"


class Heading(TypedDict):
    id: str
    text: str
    level: int


@dataclass
class Rendered:
    """html: ready for the page; headings: those of the contents, in order; words: of the text, notes included;
    pictures: those of the library that it shows."""

    html: str
    headings: list[Heading] = field(default_factory=list)
    words: int = 0
    pictures: list[Picture] = field(default_factory=list)


def render(body: str) -> Rendered:
    """Return what the page shows of a cleaned text. One query if it holds pictures of the library."""
    headings: list[Heading] = []
    taken: set[str] = set()

    def anchor(match: re.Match[str]) -> str:
        tag, inner = match.groups()
        text = plain_text(inner).strip()
        if not text:
            return ""
        name = _free_name(slugify_words(text, limit=40, fallback="partie"), taken)
        headings.append({"id": name, "text": text, "level": int(tag[1])})
        return f'<{tag} id="{name}">{inner}</{tag}>'

    html = HEADING.sub(anchor, body)
    html = _tables(html)
    html = _footnotes(html)
    known = _library({_attributes(tag).get("src", "") for tag in IMAGE.findall(html)})
    html = _pictures(html, known)
    return Rendered(
        html=typography_html(html),
        headings=headings,
        words=word_count(body),
        pictures=list(known.values()),
    )


def _free_name(base: str, taken: set[str]) -> str:
    """Return an anchor that no other heading has; prefixed, so that it never meets an id of the page."""
    name, n = f"s-{base}", 2
    while name in taken:
        name, n = f"s-{base}-{n}", n + 1
    taken.add(name)
    return name


def _tables(html: str) -> str:
    """Wrap each table in a region that scrolls by keyboard too."""
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        inner, name = match[1], f"tableau-{count}"
        if "<caption>" in inner:
            inner, label = (
                inner.replace("<caption>", f'<caption id="{name}">', 1),
                f'aria-labelledby="{name}"',
            )
        else:
            label = f'aria-label="Tableau {count}"'
        return f'<div class="prose__table" role="region" {label} tabindex="0"><table>{inner}</table></div>'

    return TABLE.sub(wrap, html)


def _footnotes(html: str) -> str:
    """Name the calls and give each note a way back to the first call."""
    called: set[str] = set()

    def call(match: re.Match[str]) -> str:
        number, text = match.groups()
        name = "" if number in called else f' id="appel-{number}"'
        called.add(number)
        return f'<sup><a class="prose__note" href="#note-{number}"{name} aria-label="Note {number}">{text}</a></sup>'

    def note(match: re.Match[str]) -> str:
        number, text = match.groups()
        back = (
            f' <a class="prose__note" href="#appel-{number}" aria-label="Retour au texte, note {number}">↑</a>'
            if number in called
            else ""
        )
        return f'<li id="note-{number}">{text}{back}</li>'

    html = NOTE.sub(note, NOTE_CALL.sub(call, html))
    return html.replace(
        '<section class="footnotes"><ol>',
        '<section class="footnotes" aria-label="Notes"><ol class="footnotes__list">',
    )


def _pictures(html: str, known: Mapping[str, Picture]) -> str:
    if not IMAGE.search(html):
        return html

    def draw(match: re.Match[str]) -> str:
        if match[1]:  # the author's own link: a link inside a link is none
            return (
                match[1]
                + IMAGE.sub(lambda image: _picture(_attributes(image[0]), known), match[2])
                + match[3]
            )
        attributes = _attributes(match[0])
        return _opening_large(_picture(attributes, known), known.get(attributes.get("src", "")))

    pieces = FIGURE.split(html)  # what is outside and inside of figures, by turns
    pieces[::2] = [
        LINKED_OR_IMAGE.sub(
            lambda match: f"{draw(match)} {_credits(match[0], known)}".rstrip(), piece
        )
        for piece in pieces[::2]
    ]
    pieces[1::2] = [
        f"<figure>{_captioned(LINKED_OR_IMAGE.sub(draw, piece), _credits(piece, known))}</figure>"
        for piece in pieces[1::2]
    ]
    return "".join(pieces)


def _captioned(figure: str, credits: str) -> str:
    """Put the credits at the end of the caption, in one of their own if there is none."""
    if not credits:
        return figure
    before, end, after = figure.rpartition("</figcaption>")
    return (
        f"{before} {credits}{end}{after}" if end else f"{figure}<figcaption>{credits}</figcaption>"
    )


def _credits(html: str, known: Mapping[str, Picture]) -> str:
    """Return credit and licence of each picture of the library, as the head of an article gives them."""
    sources = dict.fromkeys(_attributes(tag).get("src", "") for tag in IMAGE.findall(html))
    with translation.override(
        settings.LANGUAGE_CODE
    ):  # the language of the text, not of who saves it
        shown = [
            f"{picture.credit}, {picture.get_licence_display()}"
            for source in sources
            if (picture := known.get(source))
        ]
    return " ".join(f'<span class="picture__credit">{escape(words)}</span>' for words in shown)


def _opening_large(drawn: str, picture: Picture | None) -> str:
    """Make the drawn picture a plain link to its file."""
    return (
        f'<a class="picture__open" href="{escape(picture.url)}"><span class="unseen">Voir en grand : </span>{drawn}</a>'
        if picture
        else ""
    )


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def _library(sources: set[str]) -> Mapping[str, Picture]:
    from pictures.models import Picture

    if not sources:
        return {}
    prefix = f"/{settings.MEDIA_URL.strip('/')}/"
    names = [source.removeprefix(prefix) for source in sources]
    return {
        f"{prefix}{picture.file.name}": picture
        for picture in Picture.objects.filter(file__in=names)
    }


def _picture(attributes: dict[str, str], known: Mapping[str, Picture]) -> str:
    """Return the responsive element of a picture of the library; nothing for a file that the library does not know."""
    picture = known.get(attributes.get("src", ""))
    if picture is None:
        return ""
    alt = attributes.get("alt") or picture.alt
    image = (
        f'<img class="picture__image" src="{escape(picture.url)}" srcset="{escape(picture.srcset(picture.fallback_extension))}" sizes="{BODY_SIZES}"'
        f' width="{picture.width}" height="{picture.height}" alt="{escape(alt)}" loading="lazy" decoding="async">'
    )
    if not picture.widths:
        return re.sub(r' srcset="[^"]*" sizes="[^"]*"', "", image)
    return f'<picture><source type="image/avif" srcset="{escape(picture.srcset("avif"))}" sizes="{BODY_SIZES}">{image}</picture>'
