"""The only writer of the search index, in the transaction of whatever changes an article.

An entry is there exactly for each published article. `search/receivers.py` hears of every change;
deleting an article deletes its entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from articles.models import Article, TaggedArticle
from lib.lookups import Among
from search.dialects import DIALECTS
from search.document import Document, document, with_pairs
from search.models import SearchEntry, SearchWord

T = TypeVar("T", int, str)
ARTICLE_BATCH = 500  # in one transaction
WORD_BATCH = 900  # in one query: old builds of SQLite take 999 parameters
KEYS_PER_SECOND = 1_000_000_000


@dataclass
class IndexCounts:
    """How many entries were added, changed and removed, or would be; how many articles there are
    to find."""

    published: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def index(article: Article) -> None:
    """Bring the entry to the article as it now stands in the database. Six queries, fewer when
    nothing has changed."""
    index_all([article.pk])


def index_all(ids: Collection[int]) -> None:
    """Do the same for a few articles."""
    with transaction.atomic():
        _write(ids, IndexCounts())


def rebuild(
    *, check: bool = False, progress: Callable[[int], object] = lambda _n: None
) -> IndexCounts:
    """Compare every entry with its article and write what differs, unless `check`.

    It may be stopped and run again, while the site runs.
    """
    counts = IndexCounts()
    known = set(SearchWord.objects.values_list("pk", flat=True))
    published = Article.objects.published().values_list("pk", flat=True)
    indexed = SearchEntry.objects.values_list("pk", flat=True)
    seen: set[str] = set()
    for batch in _batches({*published, *indexed}, ARTICLE_BATCH):
        with transaction.atomic():
            seen |= _write(batch, counts, check=check).keys()
        progress(len(batch))
    if not check:
        for words in _batches(known - seen, WORD_BATCH):
            SearchWord.objects.filter(pk__in=words).delete()
        _tidy()
    return counts


def is_sound() -> bool:
    """Tell whether the database's own full-text table says what the entries say. PostgreSQL keeps
    that by itself."""
    if connection.vendor != "sqlite":
        return True
    check = "INSERT INTO search_fulltext(search_fulltext, rank) VALUES ('integrity-check', 1)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(check)
    except DatabaseError:
        return False
    return True


def _tidy() -> None:
    """Mend the full-text table if it is broken, and leave index and statistics as queries like
    them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO search_fulltext(search_fulltext) VALUES (%s)",
                ["optimize" if is_sound() else "rebuild"],
            )
        else:
            cursor.execute("ANALYZE search_searchentry")


def _write(ids: Collection[int], counts: IndexCounts, *, check: bool = False) -> dict[str, str]:
    """Write the entries of these articles that differ, under the articles' lock; return their
    vocabulary."""
    articles = Article.objects.filter(pk__in=ids).select_related("author").order_by("pk")
    if not check:
        articles = articles.select_for_update(no_key=True, of=("self",))
    published = {article.pk: article for article in articles if article.is_published}
    documents = _documents(published)
    stored = {entry.pk: entry for entry in SearchEntry.objects.filter(pk__in=ids)}
    fresh = [
        SearchEntry(article_id=pk, key=_key_of(published[pk]), document=_stored(made))
        for pk, made in documents.items()
    ]
    different = [entry for entry in fresh if _differs(entry, stored.get(entry.pk))]
    gone = stored.keys() - published.keys()
    counts.published += len(published)
    counts.removed += len(gone)
    counts.added += sum(entry.pk not in stored for entry in different)
    counts.changed += sum(entry.pk in stored for entry in different)
    vocabulary: dict[str, str] = {}
    for made in documents.values():
        vocabulary |= made.words
    if not check:
        SearchEntry.objects.filter(pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            different,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["key", "document"],
        )
        _learn(vocabulary)
    return vocabulary


def _documents(articles: dict[int, Article]) -> dict[int, Document]:
    """Return id -> document. One query, none without articles."""
    if not articles:
        return {}
    tags: dict[int, list[tuple[str, str]]] = {}
    uses = TaggedArticle.objects.filter(content_object__in=articles).order_by("tag__key")
    for pk, name, key in uses.values_list("content_object_id", "tag__name", "tag__key"):
        tags.setdefault(pk, []).append((name, key))
    return {pk: document(article, tags.get(pk, [])) for pk, article in articles.items()}


def _stored(made: Document) -> str:
    return made.text if DIALECTS[connection.vendor].has_places else with_pairs(made.text)


def _key_of(article: Article) -> int:
    seconds = int(article.published_at.timestamp())  # type: ignore[union-attr]  # it is published
    return seconds * KEYS_PER_SECOND + article.pk % KEYS_PER_SECOND


def _differs(entry: SearchEntry, stored: SearchEntry | None) -> bool:
    return stored is None or (stored.key, stored.document) != (entry.key, entry.document)


def _learn(vocabulary: dict[str, str]) -> None:
    """Add the words that are new, in one order everywhere, so that two articles published together
    do not wait for each other in a ring."""
    for words in _batches(vocabulary, WORD_BATCH):
        known = SearchWord.objects.filter(Among(F("folded"), words))
        there = set(known.values_list("pk", flat=True))
        SearchWord.objects.bulk_create(
            [
                SearchWord(folded=word, shown=vocabulary[word])
                for word in words
                if word not in there
            ],
            ignore_conflicts=True,
        )


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(sorted(values))
    while batch := list(islice(source, size)):
        yield batch
