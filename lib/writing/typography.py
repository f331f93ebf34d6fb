"""French spaces and apostrophes, on display only: the text in the database stays as it was typed.

Unbreakable and narrow before ; ! ? and inside « », unbreakable before : and %, between the groups
of one number, between a number and its unit. The rules read a line as a person does: a tag inside
it hides nothing from them, an address or code is one sign that they leave alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from typing import TypeAlias

NNBSP, NBSP = "\u202f", "\u00a0"
OBJECT = "\ufffc"  # stands for what the rules leave alone; `legible` lets none through

Edit: TypeAlias = tuple[int, int, str]  # start, end, what stands there instead
Mark: TypeAlias = tuple[int, str]  # where, and the tag that stands there

# The parts of an e-mail address are bounded, so that a megabyte without one is read once.
KEPT = re.compile(
    rf"(?:https?://|www\.|mailto:)\S+|[^\s@]{{1,64}}@[^\s@]{{1,255}}|{OBJECT}", re.IGNORECASE
)
SPACE = "[ \u00a0\u202f]"
AFTER_WORD = rf"(?:^|(?<=[\w»)\]’\"…%€°{OBJECT}]))"
GLUED = rf"(?:(?<=[^\W_»)\]][\w»)\]])|(?<=[^\W_]{OBJECT}))"  # to a word, without a space
GLUED_COLON = rf"(?:(?<=[^\W\d_][^\W_])|(?<=[^\W_][»)\]])|(?<=[^\W\d_]{OBJECT}))"
COLON = r":(?:\s|$|»)"
UNITS = "mg|g|kg|µg|ml|cl|l|L|mm|cm|m|km|h|min|s|°C|kcal|mmol|ans|mois|jours|heures|minutes|euros"
# Each finds nothing but what it replaces, so that the place of every tag stays known. The first
# line spares most letters the rest: a third of the time.
SPACES = re.compile(
    rf"(?:(?=['»;!?:%€‰\s])|(?<=«))(?:"
    rf"(?P<apostrophe>(?<=[^\W\d_])'(?=[^\W\d_]|[«{OBJECT}]))"
    rf"|(?P<narrow>(?<=«)(?:\s*(?=\S)|[ \u00a0]$)|(?<=\S)\s*(?=»)|^ (?=»)"
    rf"|{AFTER_WORD}{SPACE}+(?=[;!?]+(?!\w))|{GLUED}(?=[;!?]+(?:\s|$|[»)\]])))"
    rf"|(?P<wide>{AFTER_WORD}{SPACE}+(?={COLON})|{GLUED_COLON}(?={COLON})"
    rf"|(?<=\d){SPACE}*(?=[%€‰](?!\w))|(?<=\d) (?=(?:{UNITS})\b)))"
)
SET = {"apostrophe": "’", "narrow": NNBSP, "wide": NBSP}

# A telephone number of France, one of another country, or digits in groups of three that belong to
# no word, date, decimal or number beside them: « En 2023 300 cas » has none, nor « 12 34 567 ».
NUMBER = re.compile(
    r"(?=[\d+])(?:(?<![\w+])(?P<telephone>(?:0\d|(?:\+|00 ?)33 [1-9])(?: \d\d){4}(?!\d)"
    r"|0 [1-9]\d\d (?:\d{3} \d{3}|\d\d \d\d \d\d)(?!\d)"
    r"|\+[1-9]\d{0,2}(?: \d{1,4}){3,5}(?!\d))"
    r"|(?<!\w)(?<!\d[.,/:\u00a0\u202f])(?<!\d-\d\d-)(?<!\^)(?<![^\W\d_]-)"
    r"(?<!(?<!\w)\d )(?<!(?<!\w)\d\d )[1-9]\d{0,2}(?: \d{3}(?!\d)){1,6}"
    r"(?! \d{3}(?!\d)| \d{1,2}(?!\d| \d{3}(?!\d))))"
)
# Numbers to call stand in lists without a comma: « le 15 112 114 » is no fifteen million.
CALLED = "1[578]|1(?:0[0-9]|1[02345789]|4[347]|9[167])|911|999|116 \\d{3}"
LIST_OF_CALLED = re.compile(f"(?:{CALLED})(?: (?:{CALLED}))+")

# what each rule needs to apply; most titles and names have none of it
CONCERNED = re.compile(r"['«»;!?:%€‰]|\d ")
SHORT = 400


def typography(text: str) -> str:
    """Return the text with French spaces."""
    if not CONCERNED.search(text):
        return text
    return _known(text) if len(text) <= SHORT else _typeset(text)


@lru_cache(2_000)
def _known(text: str) -> str:
    """Do it once for names, titles and the words of the interface, which come back on every
    page."""
    return _typeset(text)


def _typeset(text: str) -> str:
    line = _Line(str)
    line.add(text)
    return line.typeset()


class _Line:
    """What stands in one line of reading, with the tags inside it, to be typeset as a whole.

    `written`: how a text is written where the line goes.
    """

    def __init__(self, written: Callable[[str], str]) -> None:
        self.written = written
        self.texts: list[str] = []
        self.marks: list[Mark] = []
        self.objects: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        """Add a text; each address in it is an object."""
        last = 0
        for address in KEPT.finditer(text):
            self._add(text[last : address.start()])
            self.add_object(self.written(address[0]))
            last = address.end()
        self._add(text[last:])

    def add_object(self, written: str) -> None:
        self.objects.append(written)
        self._add(OBJECT)

    def add_tag(self, tag: str) -> None:
        self.marks.append((self.length, tag))

    def _add(self, text: str) -> None:
        self.texts.append(text)
        self.length += len(text)

    def typeset(self) -> str:
        objects = iter(self.objects)

        def write(found: re.Match[str]) -> str:
            return next(objects) if found[0] == OBJECT else self.written(found[0])

        return "".join(
            OBJECT_OR_TEXT.sub(write, piece) if is_text else piece
            for piece, is_text in self._pieces("".join(self.texts))
        )

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the edited text and the tags in it, in order; whether each is text.

        A space that comes in between stands outside the element before and the one behind it.
        """
        place, marks, end_of_line = 0, self.marks[::-1], (len(text) + 1, 0, "")
        for start, end, new in [*_edits(text), end_of_line]:
            while marks and _is_before(marks[-1], start, end):
                at, tag = marks.pop()
                yield text[place:at], True
                yield tag, False
                place = max(place, at)
            yield text[place:start] + new, True
            place = end


def _is_before(mark: Mark, start: int, end: int) -> bool:
    at, tag = mark
    return at < start or (at == start and (start < end or tag.startswith("</")))


OBJECT_OR_TEXT = re.compile(f"{OBJECT}|[^{OBJECT}]+")


def _edits(text: str) -> list[Edit]:
    if not CONCERNED.search(text):
        return []
    spaces = [(*found.span(), SET[found.lastgroup or ""]) for found in SPACES.finditer(text)]
    return sorted([*spaces, *_joints(text)])


def _joints(text: str) -> Iterator[Edit]:
    """Yield the spaces inside each number: « 10 000 », « 01 40 40 40 40 »."""
    for number in NUMBER.finditer(text):
        if LIST_OF_CALLED.fullmatch(number[0]):
            continue
        space = NBSP if number["telephone"] else NNBSP
        for at, sign in enumerate(number[0], number.start()):
            if sign == " ":
                yield at, at + 1, space


# --- HTML ---

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)?[^<>]*>", re.IGNORECASE)
INLINE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins mark q s small span strong time u var wbr".split()  # noqa: SIM905
)
# what is no prose, or stands small beside a word
WHOLE = frozenset("code kbd pre samp script style sub sup".split())  # noqa: SIM905


def typography_html(html: str) -> str:
    """Do the same to the text of clean HTML; tags, attributes and code stay as they are."""
    parts, line = [], _Line(_escaped)
    for kind, source in _tokens(html):
        match kind:
            case "text":
                line.add(unescape(source))
            case "tag":
                line.add_tag(source)
            case "object":
                line.add_object(source)
            case _:
                parts += [line.typeset(), source]
                line = _Line(_escaped)
    return "".join([*parts, line.typeset()])


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    """Yield texts, tags inside a line, what is left alone as a whole, and the edges of lines."""
    last, whole = 0, ""  # whole: the name of the element whose end is looked for
    for tag in TAG.finditer(html):
        name, is_end = (tag[2] or "").lower(), bool(tag[1])
        if whole:
            if is_end and name == whole:
                yield "object", html[last : tag.end()]
                last, whole = tag.end(), ""
            continue
        yield "text", html[last : tag.start()]
        if name in WHOLE and not is_end:
            last, whole = tag.start(), name
            continue
        yield "tag" if name in INLINE else "object" if name == "img" else "edge", tag[0]
        last = tag.end()
    yield "object" if whole else "text", html[last:]
