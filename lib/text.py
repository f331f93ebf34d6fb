"""French text: clean lines, keys, slugs, plain text out of HTML and back. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from math import ceil

from lib.writing.characters import INVISIBLE, legible
from lib.writing.links import with_links

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
DASHES = str.maketrans(dict.fromkeys("\u02d7\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
PLUS_AND_MINUS = str.maketrans({"\u2795": "+", "\u2796": "-", "\u00b1": "+-"})
# in "pré- et postnatal" the hyphen stands for the end of a word
BEGINNINGS = (
    "anti auto bi bio cardio co endo exo extra gastro hyper hypo inter intra macro micro mono multi"
    " neo neuro non per peri poly post pre pro psycho sous super sur trans"
)
# in folded text: any plus, and a minus that joins no two words: "A+", "A-", "Rh (-)", "-18 ans"
SIGN = re.compile(
    r"\+|"
    + "".join(rf"(?<!\b{beginning})" for beginning in BEGINNINGS.split())
    + r"(?<=[^\W_])-+(?![^\W_]|-)|(?<![^\W_]|-)-(?=\d)|\(-\)|-$"
)
SPACES = re.compile(r"\s+")
TAG = re.compile(r"<[^>]*>")
STRUCK = re.compile(r"(</?s>)")
# a number above or below the line, which may be that of a note
RAISED = re.compile(
    r"<(sup|sub)\b[^>]*>(?:<a\b[^>]*>)?([-−+]?\d{1,4}[-−+]?)(?:</a>)?</\1>", re.ASCII
)
DIGITS = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr|figcaption|caption|footer)>|<br ?/?>")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
WORDS_A_MINUTE = (
    220  # adults reading French prose silently: Brysbaert 2019, doi 10.1016/j.jml.2019.104047
)


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
    """Return one clean line: legible, composed, spaces folded."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", legible(text))).strip()


def normalise_password(text: str) -> str:
    """Return a password as it is hashed and checked, whatever keyboard it came from.

    One "é" or an "e" with its accent, a plain or an unbreakable space (NIST SP 800-63B, 5.1.1.2:
    NFKC before hashing). Nothing is cut off, and a space at either end counts.
    """
    return unicodedata.normalize("NFKC", text)


def normalise_text(text: str) -> str:
    """Return clean lines; at most one empty line in a row."""
    text = legible(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def name_key(text: str) -> str:
    """Return what makes a name unique: letters and digits only, folded, look-alikes as Latin."""
    return _letters(_folded_name(text))


def keyword_key(text: str) -> str:
    """Return what makes a keyword unique: `name_key` with the signs that are no hyphens.

    "e-Santé" and "esante" are one, "groupe A+", "groupe A-" and "groupe A" are three.
    """
    folded, key, last = _folded_name(text), "", 0
    for sign in SIGN.finditer(folded):
        key += _letters(folded[last : sign.start()]) + sign[0].strip("()")
        last = sign.end()
    return key + _letters(folded[last:])


def spoken_signs(text: str) -> str:
    """Return a keyword folded, its signs as words, so that its address tells them apart."""
    return SIGN.sub(lambda sign: f" {'plus' if sign[0] == '+' else 'moins'} ", _folded_name(text))


@lru_cache(2_000)
def _folded_name(text: str) -> str:
    """Do it once for the names of the site, which every search is compared with."""
    visible = INVISIBLE.sub("", normalise_line(text)).translate(PLUS_AND_MINUS)
    return fold(visible).translate(LOOK_ALIKES).translate(DASHES)


def _letters(folded: str) -> str:
    """Vowels that are marks count too: they tell names of India and Thailand apart."""
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"})


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


# --- text out of HTML, and back


def plain_text(html: str) -> str:
    """Return the text of clean HTML, one line a block; 10<sup>9</sup> is 10⁹, not 109.

    Struck words are left out: nothing that has no line through it may say a dose that was taken
    back.
    """
    html = RAISED.sub(lambda number: number[2].translate(DIGITS[number[1]]), _unstruck(html))
    text = unescape(TAG.sub("", BLOCK_END.sub("\n", html)))
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def _unstruck(html: str) -> str:
    depth, kept = 0, []
    for piece in STRUCK.split(html):
        if piece in {"<s>", "</s>"}:
            depth = max(0, depth + (1 if piece == "<s>" else -1))
        elif not depth:
            kept.append(piece)
    return "".join(kept)


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


def paragraphs_with_links(text: str) -> str:
    """Return plain text as safe HTML: paragraphs, line breaks, web addresses as links that give no
    credit."""
    paragraphs = [
        part.strip() for part in re.split(r"\n\s*\n", normalise_text(text)) if part.strip()
    ]
    return "".join(f"<p>{with_links(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
