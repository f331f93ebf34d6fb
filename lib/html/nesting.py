"""Typed HTML with every element closed and nested as browsers nest them, at a bounded depth.

nh3 takes time and memory out of all proportion on deep or crossing elements: 40 kB of
`<p><b id=…>x` become 33 MB. So it is given what was nested here, where it finds nothing to move.
docs/decisions/0009-one-parsed-tree.md says why.

The rules are those of the standard's tree construction for the few elements of our policy, but for
two: what stands in a table outside its cells gets a cell, and an inline element around blocks goes
on inside each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from html import escape

from lib.html.budget import HEADINGS, MAX_NESTED_CHARS, check_depth, check_length, count
from lib.html.losses import Losses
from lib.html.meaning import Judge, meant
from lib.html.tokens import Tag
from lib.html.tree import VOID

# Old and foreign names of what we keep; foreign blocks are paragraphs, lest words run together.
RENAMED = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "image": "img",
    "del": "s",
    "strike": "s",
    "var": "em",
    "dfn": "em",
    "acronym": "abbr",
    "xmp": "pre",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "listing": "pre",
    "dir": "ul",
    "menu": "ul",
    **dict.fromkeys(("div", "dt", "dd", "address", "center", "article", "aside", "main"), "p"),
    **dict.fromkeys(("header", "nav", "details", "summary", "form", "fieldset", "legend"), "p"),
    **dict.fromkeys(("title", "textarea", "option", "optgroup", "hgroup", "search"), "p"),
    **dict.fromkeys(("dialog", "noscript", "noembed", "noframes"), "p"),
}
BLANK = " \t\n"  # the only texts that may stand in a table outside its cells
FORMATTING = {
    "strong",
    "em",
    "s",
    "code",
    "a",
}  # goes on behind the block in which it was left open
INLINE = FORMATTING | {"sup", "sub", "abbr", "q", "span", "cite"}
CELLS = {"td", "th", "caption"}
SECTIONS = {"thead", "tbody", "tfoot"}
ROWS = SECTIONS | {"table", "tr"}  # hold cells and white space, nothing else
SCOPE = CELLS | {"table"}
# each part of a table, and what it may stand in
PARTS = {
    **dict.fromkeys(("td", "th"), ROWS),
    "tr": SECTIONS | {"table"},
    **dict.fromkeys(("caption", *SECTIONS), {"table"}),
}


def nested(
    html: str,
    attributes: Mapping[str, Collection[str]],
    tags: Collection[str],
    judge: Judge = lambda _tag, _name, value: value,
    losses: Losses | None = None,
) -> str:
    """Return the HTML with nothing but these tags and attributes, of whatever value.

    `judge` says whether the value of an attribute is kept; `losses` is told what is not.
    Raises TooLong when it is nested too deep, or would become too long by being closed.
    """
    writer = _Nesting()
    for token in meant(html, judge, losses if losses is not None else Losses()):
        if isinstance(token, str):
            writer.text(token)
            continue
        name = RENAMED.get(token.name, token.name)
        if name not in tags:
            continue
        if token.is_end and name != "br":
            writer.end(name)
        else:
            writer.start(name, _start(name, token, attributes.get(name, ())))
    return writer.finished()


def _start(name: str, tag: Tag, allowed: Collection[str]) -> str:
    if not allowed or not tag.source:
        return f"<{name}>"
    kept = ((key, value) for key, value in tag.attributes().items() if key in allowed)
    written = "".join(f' {key}="{escape(value)}"' for key, value in kept)
    return f"<{name}{written}>"


class _Nesting:
    """`open`: name and start tag of each open element, the innermost last.

    `waiting`: the inline elements to go on with, the outermost first; a list for each open cell.
    An inline element holds no block, but a link may that stands in none itself.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self.length = 0
        self.open: list[tuple[str, str]] = [("", "")]
        self.waiting: list[dict[str, str]] = [{}]
        self.counts: Counter[str] = Counter()

    def text(self, text: str) -> None:
        if text.strip(BLANK):
            self._find_cell()
            self._resume()
        self._write(escape(text, quote=False))

    def start(self, tag: str, start: str) -> None:
        if tag in PARTS:
            self._start_part(tag, start)
            return
        if tag == "table" and self._top in ROWS:
            self.end("table")
        self._find_cell()
        if tag == "a":
            self.end("a")
        if tag in INLINE or tag == "img":
            self._resume()
        elif tag != "br":
            self._make_way(tag)
        self._push(tag, start)

    def end(self, tag: str) -> None:
        if tag in INLINE and tag != "a":
            if not self._close({tag}, through=INLINE):
                self.waiting[-1].pop(tag, None)
        elif tag == "a":
            if not self._close({tag}, until=SCOPE):
                self.waiting[-1].pop(tag, None)
        elif tag in PARTS:
            self._close({tag}, until={"table"})
        elif tag == "table":
            self._close({tag})
        elif tag == "li":
            self._close({tag}, until=SCOPE | {"ul", "ol"})
        else:
            self._close(HEADINGS if tag in HEADINGS else {tag}, until=SCOPE)

    def finished(self) -> str:
        while self._top:
            self._pop()
        return "".join(self.written)

    @property
    def _top(self) -> str:
        return self.open[-1][0]

    def _start_part(self, tag: str, start: str) -> None:
        """Open a part of a table where it may stand, with the parts it needs; no table, no part."""
        if self._place({"table"}) is None:
            return
        while self._top not in PARTS[tag]:
            self._pop()
        if tag in {"tr", "td", "th"} and self._top == "table":
            self._push("tbody", "<tbody>")
        if tag in {"td", "th"} and self._top in SECTIONS:
            self._push("tr", "<tr>")
        self._push(tag, start)

    def _find_cell(self) -> None:
        if self._top in ROWS:
            self._start_part("td", "<td>")

    def _make_way(self, block: str) -> None:
        """Close what the block ends, and the inline elements around it, to go on inside."""
        if block == "li":
            self._close({"li"}, through=INLINE | {"p"})
        self._close({"p"}, through=INLINE)
        if block in HEADINGS:
            self._close(HEADINGS, through=INLINE)
        place = len(self.open)
        while self.open[place - 1][0] in INLINE:
            place -= 1
        if self.open[place:] and self.open[place][0] == "a":
            place += 1
        while len(self.open) > place:
            self._pop(keep=INLINE)

    def _resume(self) -> None:
        waiting, self.waiting[-1] = self.waiting[-1], {}
        for tag, start in waiting.items():
            self._push(tag, start)

    def _place(
        self,
        tags: Collection[str],
        until: Collection[str] = (),
        through: Collection[str] | None = None,
    ) -> int | None:
        for n in range(len(self.open) - 1, 0, -1):
            tag = self.open[n][0]
            if tag in tags:
                return n
            if tag in until or (through is not None and tag not in through):
                break
        return None

    def _close(
        self,
        tags: Collection[str],
        until: Collection[str] = (),
        through: Collection[str] | None = None,
    ) -> bool:
        """Close the innermost of these elements with all inside it; tell whether one was open."""
        place = self._place(tags, until, through)
        if place is None:
            return False
        while len(self.open) > place + 1:
            self._pop()
        self._pop(keep=())
        return True

    def _pop(self, keep: Collection[str] = FORMATTING) -> None:
        tag, start = self.open.pop()
        self._write(f"</{tag}>")
        if tag in CELLS:
            self.waiting.pop()
        elif tag in keep:
            self.waiting[-1] = {tag: start, **self.waiting[-1]}

    def _push(self, tag: str, start: str) -> None:
        count(tag, self.counts)
        self._write(start)
        if tag in VOID:
            return
        self.open.append((tag, start))
        check_depth(len(self.open) - 1)
        if tag in CELLS:
            self.waiting.append({**self.waiting[-1]})

    def _write(self, html: str) -> None:
        self.written.append(html)
        self.length += len(html)
        check_length(self.length, MAX_NESTED_CHARS)
