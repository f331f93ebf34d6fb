"""Typed HTML as texts and tags, in one reading from left to right.

What is no tag is text, and every text comes unescaped. Comments and declarations are left out; an
element whose content nobody is to see (`UNSEEN`) comes as one tag that holds it. Whatever is
written, each character is looked at a fixed number of times: every quantifier is possessive or runs
to the end of what it consumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from lib.writing.characters import legible

# in the words of the HTML standard: comment, bogus comment, start tag or end tag
TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    |<[!?][^>]*+(?:>|\Z)
    |</(?![a-z])[^>]*+(?:>|\Z)
    |<(?P<slash>/?)(?P<name>[a-z][^\s/>]*+)
     (?P<attributes>(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+)*+)
     [\s/]*+(?P<close>>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)
ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""",
    re.ASCII,
)
REFERENCE = re.compile(r"&(?:#\w++;?|\w++(?:;|(?![\w=])))", re.ASCII)
LINE_END = re.compile(r"\r\n?")
SOFT_SPACE = re.compile("[\u00a0\u202f]")
UNSEEN = {"script", "style", "template", "iframe"}
WORDS_ONLY = {"title", "textarea", "xmp"}  # no tag stands in them


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    is_end: bool = False
    source: str = ""
    hidden: str = ""  # the content of what is not to be seen

    def attributes(self) -> dict[str, str]:
        """Return the first value of each name."""
        found: dict[str, str] = {}
        for name, *values in ATTRIBUTE.findall(self.source):
            found.setdefault(name.lower(), _value("".join(values)))
        return found


def tokens(html: str) -> Iterator[Tag | str]:
    """Yield the tags and the texts, in order."""
    at, end = 0, len(html)
    absent: set[str] = set()  # elements whose end tag was looked for and not found
    while at < end:
        match = TOKEN.search(html, at)
        if match is None or match["close"] == "":  # a tag that never ends is text
            yield _plain(unescape(html[at:]))
            return
        if match.start() > at:
            yield _plain(unescape(html[at : match.start()]))
        at = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        content = ""
        if name in UNSEEN | WORDS_ONLY and not match["slash"]:
            content, at = _content(html, at, name, absent)
            if name in WORDS_ONLY:
                yield Tag(name, source=match["attributes"])
                yield _plain(content if name == "xmp" else unescape(content))
                continue
        yield Tag(name, bool(match["slash"]), match["attributes"], content)


def _value(source: str) -> str:
    """Return the value of an attribute, where « &copy=1 » is no reference."""
    return _plain(REFERENCE.sub(lambda found: unescape(found[0]), source))


def _plain(text: str) -> str:
    """Return a text or the value of an attribute as it is kept: what cannot be seen goes, and
    unbreakable spaces become plain ones, which editors insert while typing."""
    return SOFT_SPACE.sub(" ", LINE_END.sub("\n", legible(text)))


def _content(html: str, at: int, name: str, absent: set[str]) -> tuple[str, int]:
    """Return what the element holds and where its end tag begins; nothing if it never ends."""
    if name not in absent and (found := _end_tag(name).search(html, at)):
        return html[at : found.start()], found.start()
    absent.add(name)
    return "", at


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])[^>]*+>", re.IGNORECASE | re.ASCII)
