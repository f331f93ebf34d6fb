"""What a text shows: its words, its letters, its pieces without spaces that nobody sees."""

from __future__ import annotations

import re
from collections import Counter

INLINE = re.compile(r"</?(?:strong|em|s|a|sup|sub|code|q|abbr|cite|span)\b[^>]*>")
WORD = re.compile("mot[a-z]{6}")
PARTS = re.compile(r"(<pre>.*?</pre>|<[^>]*>)", re.DOTALL)
BLOCK = re.compile(
    r"</?(?:p|h[234]|[uo]l|li|blockquote|footer|figure|figcaption|section|table|caption|thead"
    r"|tbody|tr|t[dh]|hr|br|pre)\b"
)


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text.lower() if sign.isalpha())


def words_of(html: str) -> set[str]:
    """Return the words of the hand, those of alternative texts and captions too."""
    return {*WORD.findall(html), *WORD.findall(INLINE.sub("", html))}


def shown(html: str) -> list[str]:
    """Return the HTML in pieces, without the spaces that a browser does not show."""
    pieces: list[str] = []
    last, is_edge = -1, True  # where the last words are; whether a space here would not be shown
    for part in filter(None, PARTS.split(html)):
        if BLOCK.match(part):
            if last >= 0:
                pieces[last] = pieces[last].rstrip(" ")
            is_edge = True
        elif not part.startswith("<"):
            part = re.sub("[ \n]+", " ", part)
            part = part.lstrip(" ") if is_edge else part
            if part:
                last, is_edge = len(pieces), part.endswith(" ")
        pieces.append(part)
    return list(filter(None, pieces))
