"""What a reader notices of a text that plain words do not say, written out: for comparing two
versions."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

from lib.text import normalise_text

HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
NAMED = {"figcaption": _("[légende]"), "caption": _("[tableau]"), "section": _("[notes]")}
BOXES = {  # by their class
    "key-point": _("[à retenir]"),
    "do": _("[à faire]"),
    "dont": _("[à ne pas faire]"),
    "pull": _("[exergue]"),
}
BEGINNINGS = {"blockquote": ">", **HEADINGS}
AROUND = {
    "strong": ("**", "**"),
    "em": ("*", "*"),
    "s": ("~~", "~~"),
    "sup": ("^", "^"),
    "sub": ("~", "~"),
    "code": ("`", "`"),
    "q": ("« ", " »"),
    "cite": ("*", "*"),
}
DEEPEST = 6  # list inside a list; a text without end may nest thousands
CELLS = {"td": "| ", "th": "| # "}
BLOCKS = {"p", "figure", "footer", "table", "tr", "pre", *NAMED, *BEGINNINGS}


def written(html: str) -> str:
    """Return clean HTML as lines of text: « ## » before a heading, « **fort** », « lien [adresse]
    », « [image : fichier, description] »."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return re.sub(r"\n\s*\n", "\n", normalise_text("".join(writer.parts)))


class _Writer(HTMLParser):
    """Only what `lib/html/policy.py` lets through is known here; the rest shows its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[
            int | None
        ] = []  # the number of the next item, None for one with bullets; the innermost list last
        self.after: list[str] = []  # what to write behind each open link and abbreviation

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            name = BOXES.get(values.get("class", "")) or NAMED.get(tag)
            self.parts.append("\n" + (f"{name} " if name else BEGINNINGS.get(tag, "")))
        elif tag in AROUND or tag in CELLS:
            self.parts.append(CELLS[tag] if tag in CELLS else AROUND[tag][0])
        elif tag in {"ul", "ol"}:
            self.lists.append(int(values.get("start") or 1) if tag == "ol" else None)
        elif tag in {"a", "abbr"}:
            said = ", ".join(filter(None, (values.get("href"), values.get("title"))))
            self.after.append(f" [{said}]" if said else "")
        else:
            self._single(tag, values)

    def _single(self, tag: str, values: dict[str, str]) -> None:
        if tag == "li":
            self._item()
        elif tag == "img":
            self.parts.append(image_said(values.get("src", ""), values.get("alt", "")))
        elif tag in {"br", "hr"}:
            self.parts.append("\n" if tag == "br" else "\n———\n")

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else None
        self.parts.append(
            "\n"
            + "– " * min(len(self.lists) - 1, DEEPEST)
            + ("• " if number is None else f"{number}. ")
        )
        if number is not None:
            self.lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        elif tag in AROUND:
            self.parts.append(AROUND[tag][1])
        elif tag in CELLS:
            self.parts.append(" ")
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.parts.append("\n")
        elif tag in {"a", "abbr"} and self.after:
            self.parts.append(self.after.pop())


def image_said(address: str, alt: str) -> str:
    return str(
        _("[image : %(said)s]")
        % {"said": ", ".join(filter(None, (address.rpartition("/")[2], alt)))}
    )
