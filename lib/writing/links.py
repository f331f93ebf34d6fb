"""Web addresses in what people write: which they are, and where they end in a sentence."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

# A name of a site: letters and digits of any language, points between them, one at least.
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
HOST = rf"(?:{LABEL}\.){{1,10}}[^\W\d_](?:[\w-]{{0,61}}[^\W_])?"
NUMBERED = r"\d{1,3}(?:\.\d{1,3}){3}"
ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9_À-ɏ@])(?:https?://|(?=www\.))(?:{NUMBERED}|{HOST})(?::\d{{1,5}})?(?![\w@])"
    r"(?:[/?#][^\s<>\"«»“”]*)?",
    re.IGNORECASE,
)
SENTENCE = ".,;:!?…*_~'’‘|、。，；：！？"  # these end a sentence or a phrase rather than an address
BRACKETS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "」": "「"}


def with_links(text: str) -> str:
    """Return plain text as HTML in which web addresses are links that give no credit."""
    parts, last = [], 0
    for found in ADDRESS.finditer(text):
        shown = _without_the_sentence(found[0])
        end = found.start() + len(shown)
        parts += [
            escape(text[last : found.start()]),
            f'<a href="{escape(_target(shown))}" rel="nofollow ugc noopener">{escape(shown)}</a>',
        ]
        last = end
    return "".join([*parts, escape(text[last:])])


def _target(shown: str) -> str:
    """Return where it leads: a reader who writes no scheme means the safe one."""
    scheme, colon, rest = shown.partition("://")
    return f"{scheme.lower()}{colon}{rest}" if colon else f"https://{shown}"


def _without_the_sentence(address: str) -> str:
    """Leave the punctuation of the sentence outside; a closing bracket belongs to the address if it
    was opened there."""
    end = len(address)
    open_ones = {
        close: address.count(start) - address.count(close) for close, start in BRACKETS.items()
    }
    while end:
        sign = address[end - 1]
        if open_ones.get(sign, 0) < 0:
            open_ones[sign] += 1
        elif sign not in SENTENCE:
            break
        end -= 1
    return address[:end]


def has_site(address: str) -> bool:
    """Tell whether an address of the web names a site: `http://;URL=…` names none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return re.fullmatch(rf"{LABEL}(?:\.{LABEL})*\.?|[0-9a-f:.]+", host, re.IGNORECASE) is not None
