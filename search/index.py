"""The only writer of the search index, in the transaction of whatever changes an article.

An entry is there exactly for each published article. What changes one is announced, and heard by
`search/receivers.py`; deleting an article deletes its entry. A keyword that is deleted tells it by
Django's own signals, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from articles.models import Article, TaggedArticle
from search.document import Document, document
from search.models import SearchEntry, SearchWord
from taxonomy.models import Tag

BATCH = 500
KEYS_A_SECOND = 1_000_000_000


@dataclass
class Changes:
    """How many entries were added, changed and removed, or would be; how many articles there are to find."""

    published: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def index(article: Article) -> None:
    """Bring the entry to the article as it now stands in the database. Six queries, fewer when nothing has changed."""
    index_all([article.pk])


def index_all(ids: Iterable[int]) -> Changes:
    """Do the same for many articles, a transaction for each batch unless the caller has opened one."""
    done = Changes()
    for batch in _batches(ids):
        with transaction.atomic():
            _write(batch, done)
    return done


def key_of(article: Article) -> int:
    return int(article.published_at.timestamp()) * KEYS_A_SECOND + article.pk % KEYS_A_SECOND  # type: ignore[union-attr]


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    source = iter(sorted(ids))
    while batch := list(islice(source, BATCH)):
        yield batch


def _write(ids: list[int], done: Changes, *, check: bool = False) -> dict[str, str]:
    """Write the entries of these articles that differ, under the articles' lock; return their vocabulary."""
    articles = Article.objects.filter(pk__in=ids).select_related("author").order_by("pk")
    if not check:
        articles = articles.select_for_update(no_key=True, of=("self",))
    published = {article.pk: article for article in articles if article.is_published}
    documents = _documents(published)
    stored = {entry.pk: entry for entry in SearchEntry.objects.filter(pk__in=ids)}
    fresh = [
        SearchEntry(article_id=pk, key=key_of(published[pk]), document=made.text)
        for pk, made in documents.items()
    ]
    different = [
        entry
        for entry in fresh
        if entry.pk not in stored
        or (stored[entry.pk].key, stored[entry.pk].document) != (entry.key, entry.document)
    ]
    gone = stored.keys() - published.keys()
    done.published += len(published)
    done.removed += len(gone)
    done.added += sum(entry.pk not in stored for entry in different)
    done.changed += sum(entry.pk in stored for entry in different)
    vocabulary = {
        folded: shown for made in documents.values() for folded, shown in made.words.items()
    }
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
    tags: dict[int, list[tuple[str, str]]] = {}
    uses = TaggedArticle.objects.filter(content_object__in=articles).order_by("tag__key")
    for pk, name, key in (
        uses.values_list("content_object_id", "tag__name", "tag__key") if articles else ()
    ):
        tags.setdefault(pk, []).append((name, key))
    return {pk: document(article, tags.get(pk, [])) for pk, article in articles.items()}


def _learn(vocabulary: dict[str, str]) -> None:
    """Add the words that are new, in one order everywhere, so that two articles published together do not wait in a ring."""
    for batch in _split(sorted(vocabulary)):
        known = set(SearchWord.objects.filter(pk__in=batch).values_list("pk", flat=True))
        SearchWord.objects.bulk_create(
            [
                SearchWord(folded=word, shown=vocabulary[word])
                for word in batch
                if word not in known
            ],
            ignore_conflicts=True,
        )


def _split(words: list[str], size: int = 900) -> Iterator[list[str]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]


# --- the whole index ---


def rebuild(*, check: bool = False, progress: Callable[[int], Any] = lambda _n: None) -> Changes:
    """Compare every entry with its article and write what differs, unless `check`. May be stopped and run again, while the site runs."""
    done, known = Changes(), set(SearchWord.objects.values_list("pk", flat=True))
    seen: set[str] = set()
    for batch in _batches(
        set(Article.objects.published().values_list("pk", flat=True))
        | set(SearchEntry.objects.values_list("pk", flat=True))
    ):
        with transaction.atomic():
            seen |= _write(batch, done, check=check).keys()
        progress(len(batch))
    if not check:
        for words in _split(sorted(known - seen)):
            SearchWord.objects.filter(pk__in=words).delete()
        _tidy()
    return done


def is_sound() -> bool:
    """Tell whether the database's own full-text table says what the entries say. PostgreSQL keeps that by itself."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_fulltext(search_fulltext, rank) VALUES ('integrity-check', 1)"
            )
    except DatabaseError:
        return False
    return True


def _tidy() -> None:
    """Mend the full-text table if it is broken, and leave index and statistics as queries like them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO search_fulltext(search_fulltext) VALUES (%s)",
                ["optimize" if is_sound() else "rebuild"],
            )
        else:
            cursor.execute("ANALYZE search_searchentry")


# --- names that change elsewhere ---


def index_new_name(ids: Iterable[int]) -> None:
    """Index these articles if the first shows that the name reads differently in the index."""
    with transaction.atomic():
        pks = sorted(ids)
        if pks and index_all(pks[:1]).any:
            index_all(pks[1:])


@receiver(pre_delete, sender=Tag)
def tag_goes(instance: Tag, **_: Any) -> None:
    instance.articles_left = list(uses(instance))  # type: ignore[attr-defined]


@receiver(post_delete, sender=Tag)
def tag_gone(instance: Tag, **_: Any) -> None:
    index_all(instance.articles_left)  # type: ignore[attr-defined]


def uses(tag: Tag) -> Iterable[int]:
    return TaggedArticle.objects.filter(
        tag=tag, content_object__status=Article.Status.PUBLISHED
    ).values_list("content_object_id", flat=True)
