"""Help with words: « vouliez-vous dire » when nothing is found, suggestions while typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from django.db import connection
from django.db.models import Exists, F, OuterRef

from articles.models import Article, TaggedArticle
from authors.models import Author
from care.cards import all_cards
from care.phrases import split_words
from lib.french.mistakes import one_letter_away
from lib.french.words import Word, composed, words
from lib.lookups import Among
from lib.text import name_key
from search.dialects import DIALECTS, match_expression
from search.document import LONGEST_PREFIX, SHORTEST_PREFIX
from search.fulltext import Parts, counted, rows_of
from search.index import KEYS_PER_SECOND
from search.models import SearchWord
from search.query import Filters, Query, parse_query
from taxonomy.models import Section, Tag

SHORTEST_CORRECTED, MOST_CORRECTED = 4, 3  # letters of a word; words of a query
MOST_TRIED = 8
Unknown = dict[Word, list[str]]
MOST_SUGGESTED, MOST_OF_A_KIND, MOST_CARDS = 8, 3, 2


@dataclass(frozen=True)
class Proposal:
    """A query that finds something, one letter away from what was typed in each unknown word."""

    text: str
    count: int


def proposal(query: Query, filters: Filters, unknown: Unknown) -> Proposal | None:
    """Return the spelling that finds the most articles, None if none does. One query."""
    if not unknown:
        return None
    combinations = product(*unknown.values())
    texts = [
        _replaced(query.text, list(unknown), chosen) for chosen in islice(combinations, MOST_TRIED)
    ]
    return max(_counted(texts, filters), key=lambda found: found.count, default=None)


def unknown_words(query: Query) -> Unknown:
    """Return the typed words that no article has, each with the known words one letter away. One
    query, two if there are such words."""
    long = [word for word in query.typed if len(word.folded) >= SHORTEST_CORRECTED]
    typed = [word for word in long if word.folded.isalpha()]
    known = _vocabulary({word.folded for word in typed})
    unknown = [word for word in typed if word.folded not in known]
    near = {word.folded: one_letter_away(word.folded) for word in unknown[:MOST_CORRECTED]}
    known = _vocabulary(set().union(*near.values()))
    return {
        word: [known[folded] for folded in _likeliest_first(near[word.folded] & known.keys(), word)]
        for word in unknown
        if word.folded in near
    }


def _vocabulary(folded: set[str]) -> dict[str, str]:
    """Return folded -> as written of those words that some article has."""
    if not folded:
        return {}
    known = SearchWord.objects.filter(Among(F("folded"), folded))
    return dict(known.values_list("folded", "shown"))


def _likeliest_first(candidates: set[str], word: Word) -> list[str]:
    """People seldom mistype the first letter: words that keep it come first."""
    return sorted(candidates, key=lambda folded: (folded[0] != word.folded[0], folded))


def _replaced(text: str, typed: list[Word], chosen: tuple[str, ...]) -> str:
    # from the end, so that the places of the words before stay right
    for word, written in sorted(zip(typed, chosen, strict=True), reverse=True):
        text = text[: word.start] + written + text[word.end :]
    return text


def _counted(texts: list[str], filters: Filters) -> list[Proposal]:
    """Return the spellings that find something. One query."""
    dialect = DIALECTS[connection.vendor]
    expressions = [match_expression(parse_query(text), filters, dialect) for text in texts]
    counts = counted(expressions, filters)
    return [Proposal(text, count) for text, count in zip(texts, counts, strict=True) if count]


def suggestions(text: str) -> list[str]:
    """Return what the reader may be about to type: care cards, keywords, sections, authors and
    titles that begin like it. Five queries, six at times."""
    key = name_key(text)[:100]
    if len(key) < SHORTEST_PREFIX:
        return []
    names = [*_cards(text), *_tags(text), *_sections(key), *_authors(key)]
    titles = _titles(text, MOST_SUGGESTED - len(names))
    return list(dict.fromkeys([*names, *titles]))[:MOST_SUGGESTED]


def _cards(text: str) -> list[str]:
    """Return the titles of cards in which every word typed begins a word. What would frighten or
    betray whoever types is answered, and never proposed."""
    typed = tuple({word.folded for word in words(composed(text))})
    shown = (card for card in all_cards() if not (card.is_guarded or card.is_discreet))
    titles = [card.title for card in shown if card.calm_steps]
    return [title for title in titles if typed and _begins(typed, title)][:MOST_CARDS]


def _begins(typed: Sequence[str], title: str) -> bool:
    title_words = split_words(title)
    return all(any(word.startswith(part) for word in title_words) for part in typed)


def _tags(text: str) -> list[str]:
    uses = TaggedArticle.objects.filter(
        tag=OuterRef("pk"), content_object__status=Article.Status.PUBLISHED
    )
    tags = Tag.objects.beginning_like(text).filter(Exists(uses))
    return list(tags.values_list("name", flat=True)[:MOST_OF_A_KIND])


def _sections(key: str) -> list[str]:
    names = Section.objects.in_order().values_list("name", flat=True)
    return [name for name in names if name_key(name).startswith(key)][:MOST_OF_A_KIND]


def _authors(key: str) -> list[str]:
    authors = Author.objects.filter(pseudonym_key__startswith=key, articles_count__gt=0)
    productive = authors.order_by("-articles_count", "id")
    return list(productive.values_list("pseudonym", flat=True)[:MOST_OF_A_KIND])


def _titles(text: str, size: int) -> list[str]:
    """Return the newest titles in which every word typed begins a word. Two queries."""
    dialect = DIALECTS[connection.vendor]
    prefixes = {word.folded[:LONGEST_PREFIX] for word in words(composed(text))}
    prefixes = {prefix for prefix in prefixes if len(prefix) >= SHORTEST_PREFIX}
    if not prefixes or size < 1:
        return []
    expression = dialect.all_of(dialect.phrase((prefix,), "p") for prefix in sorted(prefixes))
    parts = Parts(Filters())
    part = parts.add(expression, size)
    statement = f"{parts.sql}SELECT place FROM {part}"  # noqa: S608  (ours)
    ids = [key % KEYS_PER_SECOND for (key,) in rows_of(statement, parts.parameters)]
    articles = Article.objects.published().filter(pk__in=ids).order_by()
    titles = dict(articles.values_list("pk", "title"))
    return [titles[pk] for pk in ids if pk in titles]
