"""Pictures of the library in a text: responsive, opening large, with their credits and licences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Protocol

from django.conf import settings
from django.utils import translation

from lib.html.tree import Element, Node, new_element, outermost

BODY_SIZES = "(min-width: 48rem) 39.5rem, 100vw"


class LibraryPicture(Protocol):
    """What a text shows of a picture."""

    alt: str
    credit: str
    width: int
    height: int
    widths: list[int]

    @property
    def url(self) -> str: ...
    @property
    def fallback_extension(self) -> str: ...
    def srcset(self, extension: str) -> str: ...
    def get_licence_display(self) -> str: ...


Library = Mapping[str, LibraryPicture]


def draw_pictures(tree: Element, library: Library) -> None:
    """Draw each picture that the library knows, remove any other, and give the credits.

    Those of a figure close its caption; others follow the picture, or the author's link around it.
    """
    for place in outermost(tree, {"figure", "a", "img"}):
        credits = _credits(place, library)
        if place.tag == "figure":
            for part in outermost(place, {"a", "img"}):
                _draw_within(part, library)
            _close_caption(place, credits)
        else:
            _draw_within(place, library)
            _follow(place, credits)


def _draw_within(part: Element, library: Library) -> None:
    """Draw a picture so that it opens large, or those of a link: a link inside a link is none."""
    for image in _images(part):
        picture = library.get(_address(image))
        if picture is None:
            image.replace_with()
        else:
            drawn = _responsive(picture, image.attributes.get("alt") or picture.alt)
            image.replace_with(drawn if part.tag == "a" else _opening_large(picture, drawn))


def _images(place: Element) -> Iterable[Element]:
    return [place] if place.tag == "img" else outermost(place, {"img"})


def _address(image: Element) -> str:
    return image.attributes.get("src", "")


def _responsive(picture: LibraryPicture, alt: str) -> Element:
    sizes = {"sizes": BODY_SIZES}
    fallback = {"srcset": picture.srcset(picture.fallback_extension), **sizes}
    attributes = {
        "class": "picture__image",
        "src": picture.url,
        **(fallback if picture.widths else {}),
        "width": str(picture.width),
        "height": str(picture.height),
        "alt": alt,
        "loading": "lazy",
        "decoding": "async",
    }
    image = new_element("img", attributes)
    if not picture.widths:
        return image
    avif = {"type": "image/avif", "srcset": picture.srcset("avif"), **sizes}
    return new_element("picture", {}, new_element("source", avif), image)


def _opening_large(picture: LibraryPicture, drawn: Element) -> Element:
    """Make the drawn picture a plain link to its file."""
    said = new_element("span", {"class": "unseen"}, "Voir en grand : ")
    return new_element("a", {"class": "picture__open", "href": picture.url}, said, drawn)


def _credits(place: Element, library: Library) -> list[Node]:
    """Return credit and licence of each picture once, as the head of an article gives them."""
    addresses = dict.fromkeys(map(_address, _images(place)))
    shown = [library[address] for address in addresses if address in library]
    if not shown:
        return []
    with translation.override(settings.LANGUAGE_CODE):  # of the text, not of who saves it
        said = [escape(f"{picture.credit}, {picture.get_licence_display()}") for picture in shown]
    spans = [new_element("span", {"class": "picture__credit"}, words) for words in said]
    return [node for span in spans for node in (" ", span)]


def _follow(place: Element, credits: list[Node]) -> None:
    if credits:
        place.replace_with(place.copy(), *credits)


def _close_caption(figure: Element, credits: list[Node]) -> None:
    """Put the credits at the end of the caption, in one of their own if there is none."""
    captions = list(outermost(figure, {"figcaption"}))
    if captions:
        captions[-1].children += credits
    elif credits:
        figure.children.append(new_element("figcaption", {}, *credits[1:]))
