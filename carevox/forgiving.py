"""Which page is meant by an address that was copied with something around it, or typed in
capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from django.urls import reverse
from django.utils import translation

from articles.views import places
from lib.text import slugify_words
from lib.web import languages, living
from lib.web.addresses import joined
from taxonomy.models import Tag

LONGEST = 1000  # characters of an address that is looked at
ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00]")
END = re.compile(r"[\W_]+\Z")
AFTER_HOME = re.compile(r"[\s/.,;:!?)\]}>»”’\"'…]*")  # behind an address, in a sentence
QUERY = re.compile(r"[\w.~-]+=[\w.~+%-]*(?:&[\w.~-]+=[\w.~+%-]*)*")
FRAGMENT = re.compile(r"[a-z][\w-]*", re.IGNORECASE)


def page_meant(path: str) -> str | None:
    """Return the address of the page, None if this one means none, or is right already.

    A query or fragment that was written as a part of the path comes back as what it is. One query
    for most pages, two for one below an article; at most six to know that none is meant.
    """
    if len(path) > LONGEST:
        return None
    text, query, fragment = _parts(_readable(path))
    with translation.override(languages.language_of(text.lower())):
        pages = chain(_articles(text), map(living.canonical, _likely(text)))
        found = next(filter(None, pages), None)
    return joined(found, query, fragment) if found and found != path else None


def _articles(text: str) -> Iterator[str | None]:
    """Yield the article that is meant; an address of the admin, which ends like one, means none."""
    if not text.lower().startswith(reverse("admin:index")):
        yield places.meant(text)


def _readable(path: str) -> str:
    """Return the path without invisible signs, and without escapes of escapes."""
    for _turn in range(2):
        if ESCAPE.search(path):
            path = unquote(path)
    return UNSEEN.sub("", path)


def _parts(text: str) -> tuple[str, str, str]:
    """Return path, query and fragment; one that does not look like it is empty."""
    text, _sign, fragment = text.partition("#")
    text, _sign, query = text.partition("?")
    query, fragment = END.sub("", query), END.sub("", fragment)
    return (
        text,
        query if QUERY.fullmatch(query) else "",
        fragment if FRAGMENT.fullmatch(fragment) else "",
    )


def _likely(text: str) -> Iterator[str]:
    """Yield what may have been meant by the path of another page than an article, in small
    letters. "groupe A+" names a keyword before its sign is taken for the end of a sentence."""
    words = [word for word in text.lower().split("/") if END.sub("", word)]
    if not words and not AFTER_HOME.fullmatch(text):
        return
    named = [Tag.slug_of(word) for word in words]
    plain = [*words[:-1], *(END.sub("", word) for word in words[-1:])]
    made = [slugify_words(word, limit=LONGEST) for word in words]
    if not all(made):  # no address has a word without a Latin letter or a digit
        return
    for likely in dict.fromkeys("/" + "/".join(way) for way in (named, plain, made)):
        yield likely
        yield f"{likely}/"
