"""What of an article is indexed: one line of tokens, each behind a letter that names its field.

    b  anywhere: title, kicker, subtitle, standfirst, author, keywords, text; in this order, so
       that phrases are found
    t  title
    h  the head: title, kicker, subtitle, standfirst, author, keywords
    k  the words of the head and the themes, words that the text comes back to
    p  the first letters of the words of the title, for suggestions
    f  filters: f-all, section, author, keywords, month
    z  the end of a part, which no phrase crosses

    x  two words that follow each other anywhere, for phrases, where the index has no places

Behind its parts a field has, once each, what no phrase asks for: the common words, for a query of
nothing else, and words with hyphens as one.

A level of relevance is asked of fields of its own, so that both databases answer "in the title"
from a short list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise
from typing import NamedTuple
from zlib import crc32

from articles.models import Article
from lib.french.compounds import wholes
from lib.french.words import Word, common_words, composed, latin, words
from lib.text import plain_text

ALL_ARTICLES = "fall"
PART_END = "z"
PAIRS = 1 << 20  # tokens for all pairs there are; some share one, and the phrase decides
# A tsvector keeps 16,383 positions of a text and 256 of a word: beyond these a word is not
# indexed, in either database.
MOST_WORDS, MOST_WHOLES, MOST_OCCURRENCES = 12_000, 1_000, 250
# a theme of the text stands in it so often, and is among its most frequent words
THEME_OCCURRENCES, MOST_THEMES = 3, 25
SHORTEST_LEARNT = 3  # letters of a word that may be proposed
LONGEST_SHOWN = 60  # letters of it that are shown
SHORTEST_PREFIX, LONGEST_PREFIX = 2, 10


@dataclass(frozen=True)
class Document:
    """text: the tokens; words: folded -> as written, the vocabulary for « vouliez-vous dire »."""

    text: str
    words: dict[str, str]


def document(article: Article, tags: Iterable[tuple[str, str]]) -> Document:
    """Return what to index of a published article; `tags` are (name, key). No query if the author
    is loaded."""
    tags = list(tags)
    names = [article.author.pseudonym, *(name for name, _key in tags)]
    title = _part(article.title)
    head = [
        title,
        *map(_part, (article.kicker, article.subtitle, article.standfirst)),
        *map(_part, names),
    ]
    body = _part(plain_text(article.body_html))
    themes = {word.token for part in head for _written, word in part.words} | _themes(body)
    tokens = [
        ALL_ARTICLES,
        section_filter(article.section_id),
        author_filter(article.author.pseudonym_key),
        month_filter(month_of(article.published_at)),  # type: ignore[arg-type]  # it is published
        *(tag_filter(key) for _name, key in tags),
        *sorted(_prefixes(title)),
        *_field("t", [title]),
        *_field("h", head),
        *sorted(f"k{theme}" for theme in themes),
        *_field("b", [*head, body]),
    ]
    return Document(" ".join(tokens), _vocabulary([*head, body]))


def section_filter(pk: int) -> str:
    return f"fr{pk}"


def author_filter(key: str) -> str:
    return f"fa{latin(key)}"


def tag_filter(key: str) -> str:
    return f"fm{latin(key)}"


def month_filter(month: int) -> str:
    return f"fd{month}"


def month_of(moment: datetime) -> int:
    """Return the number of a month in universal time, one more than that of the month before."""
    moment = moment.astimezone(UTC)
    return moment.year * 12 + moment.month


def pair(first: str, second: str) -> str:
    """Return the token of two words that follow each other, whatever the field."""
    return f"x{crc32(f'{first} {second}'.encode()) % PAIRS:05x}"


def with_pairs(text: str) -> str:
    """Return the tokens of a document, then the pairs of field b, which has the words of the title
    and of the head too."""
    in_order = text[: text.rindex(f" {PART_END}")].split()
    following = ((a, b) for a, b in pairwise(in_order) if a[0] == b[0] == "b")
    return " ".join([text, *sorted({pair(a[1:], b[1:]) for a, b in following})])


def without_pairs(text: str) -> str:
    return text.partition(" x")[0]


Written = tuple[str, Word]  # as written, as read


class Part(NamedTuple):
    """One text: its words in order, its words with hyphens as one, its common words' tokens."""

    words: list[Written]
    wholes: list[Written]
    common: set[str]


def _part(text: str) -> Part:
    text = composed(text)
    return Part(
        [(text[word.start : word.end], word) for word in words(text)],
        [(text[word.start : word.end], word) for word in islice(wholes(text), MOST_WHOLES)],
        {word.token for word in common_words(text)},
    )


def _themes(body: Part) -> set[str]:
    counts = Counter(word.token for _written, word in body.words)
    frequent = counts.most_common(MOST_THEMES)
    return {token for token, count in frequent if count >= THEME_OCCURRENCES}


def _prefixes(title: Part) -> set[str]:
    """Return the tokens that let a title be found by the first letters of its words."""
    return {
        f"p{word.folded[:size]}"
        for _written, word in [*title.words, *title.wholes]
        for size in range(
            min(SHORTEST_PREFIX, len(word.folded)), min(len(word.folded), LONGEST_PREFIX) + 1
        )
    }


def _field(letter: str, parts: Sequence[Part]) -> Iterator[str]:
    occurrences: Counter[str] = Counter()
    left = MOST_WORDS
    for part in parts:
        for _written, word in part.words[:left]:
            occurrences[word.token] += 1
            if occurrences[word.token] <= MOST_OCCURRENCES:
                yield letter + word.token
        left = max(0, left - len(part.words))
        yield PART_END
    beside = {word.token for part in parts for _written, word in part.wholes}
    yield from sorted(letter + token for token in beside.union(*(part.common for part in parts)))


def _vocabulary(parts: Iterable[Part]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for written, word in [*part.words[:MOST_WORDS], *part.wholes]:
            if len(word.folded) < SHORTEST_LEARNT or not word.folded.isalpha():
                continue
            # "melatonine" gives way to "mélatonine"
            if word.folded not in found or not written.isascii():
                found[word.folded] = written.lower()[:LONGEST_SHOWN]
    return found
