"""How addresses are written in a redirection, so that what is asked can be compared with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import unquote, unquote_plus, unquote_to_bytes, urlsplit

from django.conf import settings

from lib.text import slugify_words
from lib.web import languages

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
END = re.compile(r"[\W_]+\Z")
BROKEN = re.compile(r"%[89A-F][0-9A-F]", re.IGNORECASE)
RESERVED = {"%": "%25", "?": "%3F", "#": "%23"}
IN_QUERY = {**RESERVED, "&": "%26", "=": "%3D", "+": "%2B"}
LONGEST = 1000  # characters of an address that is looked for
MOST_TOGETHER = 5  # parts of a query that are looked for in every combination, the first as written
MOST_ALONE = 20  # parts of a query that are looked for each by itself
TRACKERS = re.compile(r"(?:utm_|mtm_|pk_|at_|xtor|fbclid|gclid|dclid|msclkid|mc_[ce]id)", re.I)


def old_form(text: str) -> str:
    """Return how an old address is stored: decoded, in small letters, of no language, with a slash
    at its end unless that is a file; the parts of its query in order, in small letters too. Doing
    it twice changes nothing."""
    address, sign, fragment = _of_this_site(text).partition("#")
    path, _sign, query = address.partition("?")
    return with_query(path_form(decoded(path)), query_parts(query)) + sign + fragment


def new_form(text: str) -> str:
    """Return how a new address is stored: decoded, of no language."""
    address, sign, fragment = _of_this_site(text).partition("#")
    path, mark, query = address.partition("?")
    shown = languages.neutral(_escaped(_composed(decoded(path)).strip(), RESERVED))
    return f"{shown}{mark}{query}{sign}{fragment}"


def decoded(path: str) -> str:
    """Return a path without escapes, those of the old Latin-1 sites too: "/caf%E9" -> "/café"."""
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return unquote_to_bytes(path).decode("latin-1") if path.isascii() else unquote(path)


def path_form(path: str) -> str:
    """Return the form under which a decoded path is compared."""
    bare = _escaped("/".join(["", *segments(_composed(path.lower()))]), RESERVED)
    if not path.startswith("/"):
        return bare.removeprefix("/")  # no address of this site, and refused as such
    return bare if is_file(bare) else f"{bare}/"


def path_forms(path: str) -> list[str]:
    """Return the forms of a path as it was asked for, and without the signs at its end.

    Django leaves bytes that are no UTF-8 escaped.
    """
    if BROKEN.search(path):
        path = decoded(path)
    return list(dict.fromkeys([path_form(path), path_form(END.sub("", path) or "/")]))


def names(path: str, page: str) -> bool:
    """Tell whether the last words of a page's address stand in this path, in any spelling."""
    last = page.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return slugify_words(last, limit=LONGEST) in slugify_words(path, limit=LONGEST)


def segments(path: str) -> list[str]:
    """Return what stands between the slashes of a path, without the language."""
    found = [segment for part in path.split("/") if (segment := part.strip())]
    return found[1:] if found and found[0].lower() in languages.prefixes() else found


def is_file(bare: str) -> bool:
    return "." in bare.rpartition("/")[2]


def folders(form: str) -> list[str]:
    """Return the forms of all that is above a path."""
    above = [form[:n] for n, letter in enumerate(form) if letter == "/"]
    return [bare if is_file(bare) else f"{bare}/" for bare in above]


def query_parts(query: str) -> tuple[str, ...]:
    """Return the parts of a query in order, each once, decoded and in small letters."""
    return tuple(sorted(_parts_as_written(query)))


def with_query(path: str, parts: tuple[str, ...]) -> str:
    return f"{path}?{'&'.join(parts)}" if parts else path


def queries_meant(query: str) -> Iterator[tuple[str, ...]]:
    """Yield the queries of which this one may be a longer form, the longest first."""
    parts = _parts_as_written(query)
    yield tuple(sorted(parts))
    if len(parts) > MOST_TOGETHER:
        parts = [part for part in parts if not TRACKERS.match(part)]
        yield tuple(sorted(parts))
    for length in range(min(len(parts), MOST_TOGETHER), 1, -1):
        yield from combinations(sorted(parts[:MOST_TOGETHER]), length)
    for part in parts[:MOST_ALONE]:
        yield (part,)


def rest_of_query(query: str, taken: tuple[str, ...]) -> str:
    """Return the query without the parts that the old address names, as it was written."""
    return "&".join(part for part in query.split("&") if _part_form(part) not in taken)


def _parts_as_written(query: str) -> list[str]:
    return list(dict.fromkeys(form for part in query.split("&") if (form := _part_form(part))))


def _part_form(part: str) -> str:
    name, _sign, value = part.partition("=")
    name, value = (
        _escaped(_composed(unquote_plus(text).lower()).strip(), IN_QUERY) for text in (name, value)
    )
    return f"{name}={value}" if value else name


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(letter, letter) for letter in text)


def _composed(text: str) -> str:
    """Any space is a plain one, as in what a form has cleaned."""
    return CONTROLS.sub("", re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)))


def _of_this_site(text: str) -> str:
    """Return an address without the scheme and host of this site; any other stays whole."""
    text = CONTROLS.sub("", text).strip()
    if "://" in text:
        try:
            host = urlsplit(text).hostname
        except ValueError:
            return text
        if host == urlsplit(settings.SITE_URL).hostname:
            return "/" + text.partition("://")[2].partition("/")[2]
    return text
