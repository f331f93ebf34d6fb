"""What of an article is indexed: one line of tokens, each with a letter that says where the word stands.

    b  anywhere: title, kicker, subtitle, standfirst, author, keywords, text; in the order of the text, for phrases
    t  title                        h  title, kicker, subtitle, standfirst, author, keywords
    k  the h words and those that the text comes back to      p  beginnings of the words of the title, for suggestions
    f  filters: f-all, section, author, keywords              z  the end of a part, which no phrase crosses

The parts of a relevance level are separate tokens, so that both databases answer "in the title" from a short list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.models import Article
from lib.french import Word, composed, latin, words
from lib.text import plain_text

EVERYTHING = "fall"
PART_END = "z"
# tsvector keeps 16,383 places of a text and 256 of a word: beyond these a word is not indexed, in either database.
MAX_WORDS, MAX_PLACES = 12_000, 250
COMES_BACK, THEMES = (
    3,
    25,
)  # a theme of the text stands in it three times or more and is among the 25 most frequent words
SHORTEST_LEARNT = 3  # letters of a word that may be proposed
SHORTEST_BEGINNING, LONGEST_BEGINNING = 2, 10


@dataclass(frozen=True)
class Document:
    """text: the tokens; words: folded -> as written, the vocabulary for « vouliez-vous dire »."""

    text: str
    words: dict[str, str]


def document(article: Article, tags: Iterable[tuple[str, str]]) -> Document:
    """Return what to index of an article whose author is loaded; `tags` are (name, key). No query."""
    tags = list(tags)
    title, kicker, subtitle, standfirst = (
        _words(text)
        for text in (article.title, article.kicker, article.subtitle, article.standfirst)
    )
    names = [_words(name) for name in (article.author.pseudonym, *(name for name, _key in tags))]
    body = _words(plain_text(article.body_html))
    head = [title, kicker, subtitle, standfirst, *names]
    themes = {word.token for part in head for _shown, word in part} | _themes(body)
    filters = [
        EVERYTHING,
        section_filter(article.section_id),
        author_filter(article.author.pseudonym_key),
        *(tag_filter(key) for _name, key in tags),
    ]
    parts = [
        *filters,
        *sorted(beginnings(word.folded for _shown, word in title)),
        *_line([title], "t"),
        *_line(head, "h"),
        *sorted(f"k{theme}" for theme in themes),
        *_line([*head, body], "b"),
    ]
    return Document(" ".join(parts), _vocabulary([*head, body]))


Part = list[tuple[str, Word]]


def _words(text: str) -> Part:
    text = composed(text)
    return [(text[word.start : word.end], word) for word in words(text)]


def _themes(body: Part) -> set[str]:
    counts = Counter(word.token for _shown, word in body)
    return {token for token, count in counts.most_common(THEMES) if count >= COMES_BACK}


def _line(parts: Iterable[Part], letter: str) -> Iterator[str]:
    seen: Counter[str] = Counter()
    left = MAX_WORDS
    for part in parts:
        for _shown, word in part[:left]:
            seen[word.token] += 1
            if seen[word.token] <= MAX_PLACES:
                yield letter + word.token
        left = max(0, left - len(part))
        yield PART_END


def _vocabulary(parts: Iterable[Part]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for shown, word in part[:MAX_WORDS]:
            better = (
                word.folded not in found or not shown.isascii()
            )  # "melatonine" gives way to "mélatonine"
            if better and len(word.folded) >= SHORTEST_LEARNT and word.folded.isalpha():
                found[word.folded] = shown.lower()[:60]
    return found


def beginnings(folded: Iterable[str]) -> set[str]:
    """Return the tokens that let a title be found by the first letters of its words."""
    return {
        f"p{word[:size]}"
        for word in folded
        for size in range(min(SHORTEST_BEGINNING, len(word)), min(len(word), LONGEST_BEGINNING) + 1)
    }


def section_filter(pk: int) -> str:
    return f"fr{pk}"


def author_filter(key: str) -> str:
    return f"fa{latin(key)}"


def tag_filter(key: str) -> str:
    return f"fm{latin(key)}"
