"""Help with words: « vouliez-vous dire » when nothing is found, suggestions while typing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product

from django.db import connection
from django.db.models import Exists, OuterRef

from articles.models import Article, TaggedArticle
from authors.models import Author
from lib.french import Word, composed, one_letter_away, words
from lib.text import name_key
from search.dialects import LANGUAGES, everything
from search.document import LONGEST_BEGINNING, SHORTEST_BEGINNING
from search.index import KEYS_A_SECOND
from search.models import SearchWord
from search.query import Filters, Query, understood
from search.results import counting, select
from taxonomy.models import Section, Tag

SHORTEST_CORRECTED, MOST_CORRECTED = 4, 3  # letters of a word; words of a query
MOST_TRIED = 8
MOST_SUGGESTED, MOST_OF_A_KIND = 8, 3


@dataclass(frozen=True)
class Proposal:
    """A query that finds something, one letter away from what was typed in each unknown word."""

    text: str
    count: int


def proposal(query: Query, filters: Filters) -> Proposal | None:
    """Return the spelling that finds the most articles, None if none does. Two queries: the vocabulary, then what each spelling finds."""
    typed = [
        word
        for word in query.typed
        if len(word.folded) >= SHORTEST_CORRECTED and word.folded.isalpha()
    ]
    near = {word.folded: one_letter_away(word.folded) for word in typed[:MOST_CORRECTED]}
    known = (
        dict(
            SearchWord.objects.filter(
                pk__in={*near, *(one for many in near.values() for one in many)}
            ).values_list("folded", "shown")
        )
        if near
        else {}
    )
    unknown = [word for word in typed if word.folded in near and word.folded not in known]
    choices = [
        [
            known[folded]
            for folded in sorted(
                near[word.folded] & known.keys(), key=lambda one: (one[0] != word.folded[0], one)
            )
        ]
        for word in unknown
    ]
    if not unknown:
        return None
    texts = [
        _replaced(query.text, unknown, chosen) for chosen in islice(product(*choices), MOST_TRIED)
    ]
    return max(_counted(texts, filters), key=lambda found: found.count, default=None)


def _replaced(text: str, typed: list[Word], chosen: tuple[str, ...]) -> str:
    for word, shown in sorted(zip(typed, chosen, strict=True), reverse=True):
        text = text[: word.start] + shown + text[word.end :]
    return text


def _counted(texts: list[str], filters: Filters) -> list[Proposal]:
    if not texts:
        return []
    counts, values = zip(
        *(
            counting(everything(understood(text), filters, LANGUAGES[connection.vendor]), filters)
            for text in texts
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [value for some in values for value in some])
        row = cursor.fetchone()
    return [Proposal(text, count) for text, count in zip(texts, row, strict=True) if count]


def suggestions(text: str) -> list[str]:
    """Return what the reader may be about to type: keywords, sections, authors and titles that begin like it. Five queries."""
    key = name_key(text)[:100]
    if len(key) < SHORTEST_BEGINNING:
        return []
    uses = TaggedArticle.objects.filter(
        tag=OuterRef("pk"), content_object__status=Article.Status.PUBLISHED
    )
    tags = Tag.objects.filter(Exists(uses), key__startswith=key).order_by("key")
    authors = Author.objects.filter(pseudonym_key__startswith=key, articles_count__gt=0).order_by(
        "-articles_count", "id"
    )
    sections = [
        name
        for name in Section.objects.in_order().values_list("name", flat=True)
        if name_key(name).startswith(key)
    ]
    names = [
        *tags.values_list("name", flat=True)[:MOST_OF_A_KIND],
        *sections[:MOST_OF_A_KIND],
        *authors.values_list("pseudonym", flat=True)[:MOST_OF_A_KIND],
    ]
    return list(dict.fromkeys([*names, *_titles(text, MOST_SUGGESTED - len(names))]))[
        :MOST_SUGGESTED
    ]


def _titles(text: str, size: int) -> list[str]:
    """Return the newest titles in which every word typed begins a word."""
    language = LANGUAGES[connection.vendor]
    beginnings = {word.folded[:LONGEST_BEGINNING] for word in words(composed(text))}
    beginnings = {beginning for beginning in beginnings if len(beginning) >= SHORTEST_BEGINNING}
    if not beginnings or size < 1:
        return []
    statement, values = select(
        language.all_of(language.phrase((beginning,), "p") for beginning in sorted(beginnings)),
        Filters(),
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1 DESC LIMIT {size}", values)
        keys = [row[0] % KEYS_A_SECOND for row in cursor.fetchall()]
    titles = Article.objects.published().filter(pk__in=keys).order_by().values_list("pk", "title")
    found = dict(titles)
    return [found[pk] for pk in keys if pk in found]
