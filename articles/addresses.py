"""How the address of an article is written, for every URLconf that hangs something below it; and
how it is read where it is damaged."""

from __future__ import annotations

import re

SECTION = r"^(?P<section_path>[a-z0-9-]+(?:/[a-z0-9-]+)*)"
ARTICLE = rf"{SECTION}/article/(?P<slug>[^/]*)-(?P<pk>[0-9]{{1,18}})"
BARE_ARTICLE = (
    rf"{SECTION}/article/(?P<pk>[0-9]{{1,18}})"  # without any words: leads to the canonical address
)
BY_NUMBER = r"^article/(?P<pk>[1-9][0-9]{0,17})$"  # as texts lead to one: likewise

DAMAGED = re.compile(r"/\s*article\s*/+(?P<words>[^/]*)(?P<below>.*)", re.I | re.S)
AT_THE_END = re.compile(r"(?:^|-)\s*([0-9]{1,18})\Z")
CUT_OFF = re.compile(r"(?:^|-)\s*([0-9]{1,18})(?![\w-])")  # by a sign that no address holds
SOMEWHERE = re.compile(r"(?:^|-)\s*([0-9]{1,18})(?![0-9])")
EDGES = re.compile(r"^[\W_]+|[\W_]+\Z")
MOST = 10  # numbers of one address that are looked for


def parts_of_damaged(path: str) -> tuple[str, str] | None:
    """Return the words with the id, and what stands below, of what may be an article's address."""
    match = DAMAGED.search(path)
    return (EDGES.sub("", match["words"]), EDGES.sub("", match["below"])) if match else None


def ids_meant(words: str) -> dict[int, bool]:
    """Return the ids that these words may end with, the likeliest first; with each whether that is
    sure, or true only if the article's own words stand before it."""
    sure = [*AT_THE_END.findall(words), *CUT_OFF.findall(words)]
    found = dict.fromkeys(map(int, sure), True)
    for number in SOMEWHERE.findall(words):
        found.setdefault(int(number), False)
    return dict(list(found.items())[:MOST])


def begins_with(words: str, beginning: str) -> bool:
    return words.lower().startswith(beginning)
