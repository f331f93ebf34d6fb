"""What the tags and styles of other programs mean, in elements of our policy, and what of them is
not kept.

Works on the tokens, before they are nested: each comes once, and what it makes ends where it ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lib.html.losses import Loss, Losses, first_words
from lib.html.styles import is_underlined, is_upright, marks, unseen
from lib.html.tokens import Tag, tokens
from lib.html.tree import VOID

Judge = Callable[[str, str, str], str | None]  # the value of an attribute, None if it is refused
# what goes and how it is called; its words stay
LOST = {
    **dict.fromkeys(("iframe", "object", "embed", "frame", "applet", "canvas"), "frame"),
    **dict.fromkeys(("input", "select", "textarea", "button", "meter", "progress"), "control"),
    "video": "video",
    "audio": "sound",
    "svg": "drawing",
    "math": "formula",
    "ins": "insertion",
    "mark": "highlight",
    "dl": "definitions",
    "details": "folded",
    "script": "program",
    "template": "hidden",
}
EMPTY = VOID | {  # have no end tag
    *("input", "embed", "frame", "area", "col", "wbr", "track", "link", "meta", "base", "param"),
    *("image", "script", "style", "template", "iframe"),  # of the last four the reader holds all
}
# what an element that begins ends, if it is open and stands in none of BOUNDS
ENDED = {
    "li": {"li"},
    **dict.fromkeys(("dt", "dd"), {"dt", "dd"}),
    **dict.fromkeys(("td", "th"), {"td", "th"}),
    **dict.fromkeys(("rt", "rp"), {"rt", "rp"}),
    "tr": {"tr"},
    "option": {"option"},
    **dict.fromkeys(
        (
            *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre"),
            *("blockquote", "section", "article", "figure", "form", "hr", "details", "address"),
        ),
        {"p"},
    ),
}
BOUNDS = {"table", "ul", "ol", "dl"}
FAR = 100  # elements that are looked through for one that ends
STRUCTURE = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"}  # hold no words
BLOCKS = {
    *STRUCTURE,
    *("p", "div", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre"),
    *("blockquote", "section", "article", "figure", "figcaption", "details", "address", "main"),
}
HEAVY = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "dt"}  # bold by themselves
INLINE = {"span", "font", "a", "b", "i", "em", "strong", "s", "small", "u", "big"}
STRUCK = {"s", "del", "strike"}
UNSAID = {"hidden", "checkbox", "radio", "password", "file", "color", "range", "image"}
UNHEARD = {"annotation", "annotation-xml", "mphantom", "rp"}  # what is said otherwise beside
# parts of a formula: what their second and third child is
SCRIPTS = {"msup": ["sup"], "msub": ["sub"], "msubsup": ["sub", "sup"], "mmultiscripts": ["sub"]}
SELF_CLOSING = re.compile(r"/\s*\Z")


@dataclass(slots=True)
class _Open:
    name: str
    marks: list[str]
    is_renamed_away: bool = False  # its tags are not to be written
    carried: bool = False  # its words are struck, but it holds none itself
    behind: str = ""
    parts: int = 0
    gone: Loss | None = None  # nothing in it is kept; whoever waits for its words


def meant(html: str, judge: Judge, losses: Losses) -> Iterator[Tag | str]:
    """Yield the tags and texts, those that others' tags and styles mean among them."""
    reader = _Reader(judge, losses)
    for token in tokens(html):
        if isinstance(token, str):
            yield from reader.text(token)
        elif token.is_end:
            yield from reader.end(token)
        else:
            yield from reader.start(token)


class _Reader:
    def __init__(self, judge: Judge, losses: Losses) -> None:
        self.judge = judge
        self.losses = losses
        self.open: list[_Open] = [_Open("", [])]
        self.names: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()

    def text(self, text: str) -> Iterator[Tag | str]:
        if gone := self.open[-1].gone:
            if len(gone.words) < 8:
                gone.words = first_words(f"{gone.words} {text}")
            return
        self.losses.passed(text)
        if self.open[-1].carried and text.strip():  # words that stand where none should
            yield from (Tag("s"), text, Tag("s", is_end=True))
        else:
            yield text

    def start(self, tag: Tag) -> Iterator[Tag | str]:
        yield from self._end_before(tag.name)
        attributes = tag.attributes() if tag.source else {}
        if self.open[-1].gone:
            self._push(tag, _Open(tag.name, [], gone=self.open[-1].gone))
            return
        if gone := self._gone(tag, attributes):
            self._push(tag, _Open(tag.name, [], is_renamed_away=True, gone=gone))
            return
        self._name_losses(tag, attributes)
        element = self._element(tag.name, attributes)
        before = self._before(tag, attributes, element)
        if before:
            yield before
        if tag.name in ENDED:
            self.losses.passed(" ")
        if not element.is_renamed_away:
            yield tag
        for mark in element.marks:
            yield Tag(mark)
        self._push(tag, element)

    def end(self, tag: Tag) -> Iterator[Tag | str]:
        if not self.names[tag.name]:
            if not self.open[-1].gone and tag.name not in EMPTY - VOID:
                yield tag
            return
        if tag.name in {"del", "ins"} and self._stands_in_a_block(tag.name):
            return  # browsers pay no heed to it: what follows is still struck
        while True:
            element = self.open[-1]
            yield from self._pop()
            if element.name == tag.name:
                if not element.is_renamed_away and not element.gone:
                    yield tag
                if element.behind:
                    yield element.behind
                return

    def _stands_in_a_block(self, name: str) -> bool:
        """Tell whether a block was opened since the last element of this name."""
        for element in reversed(self.open[-FAR:]):
            if element.name == name:
                return False
            if element.name in BLOCKS:
                return True
        return False

    def _end_before(self, name: str) -> Iterator[Tag | str]:
        """End what the element ends that begins, with the marks that it made."""
        ended = ENDED.get(name, set())
        if not any(self.names[each] for each in ended):
            return
        for n in range(len(self.open) - 1, max(0, len(self.open) - FAR), -1):
            if self.open[n].name in ended:
                while len(self.open) > n:
                    yield from self._pop()
                return
            if self.open[n].name in BOUNDS:
                return

    def _gone(self, tag: Tag, attributes: dict[str, str]) -> Loss | None:
        """Return the loss of all that stands in the element, if nothing of it is kept."""
        if tag.name in UNHEARD:
            return Loss("hidden", "", "")
        kind = unseen(attributes)
        return self.losses.lose(kind) if kind else None

    def _name_losses(self, tag: Tag, attributes: dict[str, str]) -> None:
        name = tag.name
        if name in {"img", "image"}:
            if not self.judge("img", "src", attributes.get("src", "")):
                self.losses.lose("image", attributes.get("alt", ""))
        elif name in {"a", "area"}:
            address = attributes.get("href", "").strip()
            if address and (name == "area" or self.judge("a", "href", address) is None):
                self.losses.lose("link")
        elif name == "u" or (name in INLINE and is_underlined(attributes)):
            if not self.names["a"] and not self.names["u"]:  # links are underlined
                self.losses.lose("underline")
        elif name in LOST and attributes.get("type", "").lower() != "hidden":
            self.losses.lose(LOST[name], tag.hidden if name == "template" else "")

    def _element(self, name: str, attributes: dict[str, str]) -> _Open:
        style = attributes.get("style", "")
        found = marks(style, is_inline=name in INLINE) if style else []
        away = bool(style) and is_upright(name, style)
        parent = self.open[-1]
        if parent.carried:
            found = ["s", *found]
        if name in STRUCTURE or name in EMPTY:
            return _Open(name, [], carried="s" in found and name in STRUCTURE)
        if name in HEAVY or any(self.names[each] for each in HEAVY & self.names.keys()):
            found = [mark for mark in found if mark != "strong"]
        if parent.name in SCRIPTS:
            parent.parts += 1
            found += SCRIPTS[parent.name][parent.parts - 2 : parent.parts - 1]
        own = "s" if name in STRUCK else {"b": "strong", "i": "em"}.get(name, name)
        new = [mark for mark in dict.fromkeys(found) if not self.marks[mark] and mark != own]
        return _Open(name, new, is_renamed_away=away)

    def _before(self, tag: Tag, attributes: dict[str, str], element: _Open) -> str:
        """Return what is written before the element in place of what it showed by itself."""
        parent = self.open[-1]
        if parent.name == "mfrac":
            parent.parts += 1
            element.behind = ")" if tag.name == "mrow" else ""
            return ("/" if parent.parts == 2 else "") + ("(" if element.behind else "")
        if tag.name in {"msqrt", "rt"}:
            element.behind = ")"
            return "√(" if tag.name == "msqrt" else " ("
        if tag.name in {"mtd", "mtr"}:
            return " "
        if tag.name == "input" and attributes.get("type", "text").lower() not in UNSAID:
            return f" {attributes.get('value') or attributes.get('placeholder', '')} "
        return ""

    def _push(self, tag: Tag, element: _Open) -> None:
        if tag.name in EMPTY:
            return
        self.open.append(element)
        self.names[element.name] += 1
        self.marks.update(_struck(element))

    def _pop(self) -> Iterator[Tag]:
        element = self.open.pop()
        self.names[element.name] -= 1
        self.marks.subtract(_struck(element))
        for mark in reversed(element.marks):
            yield Tag(mark, is_end=True)


def _struck(element: _Open) -> list[str]:
    """Return the marks of the element, with that of struck text if it is one itself."""
    return [*element.marks, "s"] if element.name in STRUCK else element.marks
