"""French text: keys, slugs, typography on display, plain text to safe HTML. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from math import ceil

LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
    }
)
# Letters of other scripts that look like Latin ones (the part of Unicode's confusables that a
# pseudonym could abuse).
LOOK_ALIKES = str.maketrans(
    "авгеёзікмнорстухуѕјһԁɡӏαβεηικνορτυχωγ",
    "abreeeikmhopctyxysjhdglabeniknoptuxwy",
)
# Signs that pass for one another at a glance, folded in `look_alike_key` only: "0livier" and
# "Olivier", "lsabelle" and "Isabelle".
PASS_FOR = str.maketrans("0135i", "olesl")
PAIRS_PASS_FOR = (("rn", "m"), ("vv", "w"))
BARS = re.compile(r"[|!](?=\w)")  # "Ol!vier", but not "Bravo !"
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e0fff]"
)
SPACES = re.compile(r"\s+")
TAG = re.compile(r"<[^>]*>")
BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr|figcaption|caption|footer)>|<br ?/?>")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
WORDS_A_MINUTE = (
    220  # adults reading French prose silently: Brysbaert 2019, doi 10.1016/j.jml.2019.104047
)

NNBSP, NBSP = "\u202f", "\u00a0"


def fold(text: str) -> str:
    """Return the text without case, accents and ligatures: "Œdème" -> "oedeme"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slugify_words(text: str, limit: int = 35, fallback: str = "") -> str:
    """Return SPIP's slug: whole words while "-" + slug is at most `limit` characters; a first word
    that is too long is cut."""
    slug = ""
    for word in re.findall(r"[a-z0-9]+", fold(text)):
        if len(slug) + 1 + len(word) > limit:
            return slug[1:] if slug else word[: limit - 1]
        slug += f"-{word}"
    return slug[1:] or fallback


def normalise_line(text: str) -> str:
    """Return one clean line: composed, without control, bidirectional or zero-width characters,
    spaces folded."""
    return SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def normalise_text(text: str) -> str:
    """Return clean lines; at most one empty line in a row."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def name_key(text: str) -> str:
    """Return what makes a pseudonym or keyword unique: letters and digits only, folded, look-alikes
    as Latin."""
    folded = fold(normalise_line(text)).translate(LOOK_ALIKES)
    return "".join(c for c in folded if c.isalnum())


def look_alike_key(text: str) -> str:
    """Return `name_key` with the signs folded that pass for one another: no two pseudonyms share
    it."""
    key = name_key(BARS.sub("l", text)).translate(PASS_FOR)
    for pair, letter in PAIRS_PASS_FOR:
        key = key.replace(pair, letter)
    return key


def is_mixed_script(text: str) -> bool:
    """Tell whether letters of more than one of Latin, Greek and Cyrillic stand in the text."""
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
    return len(scripts & {"LATIN", "GREEK", "CYRILLIC"}) > 1


# --- typography, on display only

# The parts of an e-mail address are bounded, so that a megabyte without one is read once.
URL = re.compile(r"(?:https?://|www\.|mailto:)\S+|[^\s@]{1,64}@[^\s@]{1,255}")
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # at the edges of a piece: after a tag or an address, before a tag
    (re.compile(r"^ (?=[;!?»])"), NNBSP),
    (re.compile(r"^ (?=:(?:\s|$))"), NBSP),
    (re.compile(r"«[ \u00a0]$"), f"«{NNBSP}"),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
    (re.compile(r"«[\s\u00a0\u202f]*(?=\S)"), f"«{NNBSP}"),
    (re.compile(r"(?<=\S)[\s\u00a0\u202f]*»"), f"{NNBSP}»"),
    (re.compile(r"(?<=[\w»)\]’\"…%€°])[ \u00a0\u202f]+([;!?]+)(?!\w)"), rf"{NNBSP}\1"),
    (re.compile(r"(?<=[^\W_»)\]][\w»)\]])([;!?]+)(?=\s|$|[»)\]])"), rf"{NNBSP}\1"),
    (re.compile(r"(?<=[\w»)\]’\"…%€°])[ \u00a0\u202f]+:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=[^\W\d_][^\W_]):(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=\d)[ \u00a0\u202f]*([%€‰])(?!\w)"), rf"{NBSP}\1"),
    (
        re.compile(
            r"(?<=\d) (?=(?:mg|g|kg|µg|ml|cl|l|L|mm|cm|m|km|h|min|s|°C|kcal|mmol|ans|"
            r"mois|jours|heures|minutes|euros)\b)"
        ),
        NBSP,
    ),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NNBSP),
)


CONCERNED = re.compile(
    r"['«»;!?:%€‰]|\d "
)  # what each rule needs to apply; most titles and names have none of it
SHORT = 400


def typography(text: str) -> str:
    """Return the text with French spaces: narrow and unbreakable before ; ! ? and inside « »,
    unbreakable before : and %."""
    if not CONCERNED.search(text):
        return text
    return _known(text) if len(text) <= SHORT else _outside(URL, text, _typeset)


@lru_cache(2_000)
def _known(text: str) -> str:
    """Do it once for names, titles and the words of the interface, which come back on every
    page."""
    return _outside(URL, text, _typeset)


def _typeset(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _outside(pattern: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to what lies between the matches of `pattern`."""
    parts, last = [], 0
    for match in pattern.finditer(text):
        parts += [change(text[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*parts, change(text[last:])])


MARKUP = re.compile(r"<(code|pre|kbd)\b[^>]*>.*?</\1>|<[^>]*>", re.DOTALL)


def typography_html(html: str) -> str:
    """Do the same to the text of clean HTML; tags, attributes and code stay as they are."""
    return _outside(
        MARKUP, html, lambda text: escape(typography(unescape(text)), quote=False) if text else text
    )


# --- text out of HTML, and back


def plain_text(html: str) -> str:
    """Return the text of clean HTML, one line a block."""
    text = unescape(TAG.sub("", BLOCK_END.sub("\n", html)))
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def word_count(html: str) -> int:
    return len(WORD.findall(plain_text(html)))


def reading_minutes(words: int) -> int:
    """Return whole minutes, at least 1."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def excerpt(text: str, limit: int = 155) -> str:
    """Return the beginning of a plain text, cut between words, at most `limit` characters with its
    « … »."""
    line = normalise_line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.–—-") + "…"


LINK = re.compile(r"https?://[^\s<>\"'«»]+")


def paragraphs_with_links(text: str) -> str:
    """Return plain text as safe HTML: paragraphs, line breaks, web addresses as links that give no
    credit."""
    paragraphs = [
        part.strip() for part in re.split(r"\n\s*\n", normalise_text(text)) if part.strip()
    ]
    return "".join(f"<p>{_link(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def _link(text: str) -> str:
    parts, last = [], 0
    for match in LINK.finditer(text):
        url = _trim_address(match[0])
        shown = escape(url)
        parts += [
            escape(text[last : match.start()]),
            f'<a href="{shown}" rel="nofollow ugc noopener">{shown}</a>',
        ]
        last = match.start() + len(url)
    return "".join([*parts, escape(text[last:])])


def _trim_address(url: str) -> str:
    """Leave the punctuation of the sentence outside; a closing bracket belongs to the address if it
    was opened there."""
    while url:
        if url[-1] in ".,;:!?…’*_" or (
            url[-1] in ")]" and url.count(url[-1]) > url.count({")": "(", "]": "["}[url[-1]])
        ):
            url = url[:-1]
        else:
            break
    return url
