"""Lists for articles of which readings say too little.

The same subject comes first, then what is read now, then the newest. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from readings.models import AlsoViewed

Source = AlsoViewed.Source
Entry = tuple[int, str]  # article id, AlsoViewed.Source
# articles looked at of each section and keyword: a list's cost does not grow with the archive
POOL = 40


@dataclass(frozen=True)
class PublishedArticle:
    """What the fallback knows of an article; `published` is any number that grows with time."""

    pk: int
    section: int
    tags: frozenset[int]
    published: float

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Return what other articles of the same subject share with it."""
        return [("section", self.section), *(("tag", tag) for tag in sorted(self.tags))]


class Fallback:
    """Finds entries for a list without readings of the article itself.

    `now` is article id -> share of the site's latest readings.
    """

    def __init__(self, articles: Iterable[PublishedArticle], now: Mapping[int, float]) -> None:
        self.now = now
        self.articles = {article.pk: article for article in articles}
        newest = sorted(
            self.articles.values(), key=lambda article: (-article.published, -article.pk)
        )
        self.newest = [article.pk for article in newest[: 2 * POOL]]
        being_read = (pk for pk in self.articles if now.get(pk))
        self.read_now = sorted(being_read, key=lambda pk: (-now[pk], -pk))[: 2 * POOL]
        self.pools: dict[tuple[str, int], list[int]] = defaultdict(list)
        for article in sorted(newest, key=lambda article: -now.get(article.pk, 0.0)):
            for key in article.keys:
                if len(self.pools[key]) < POOL:
                    self.pools[key].append(article.pk)

    def entries(self, article: int | None) -> Iterator[Entry]:
        """Yield entries for the article, best first, each once; for None the site's own list."""
        seen = {article}
        for other, source in chain(
            ((other, Source.SUBJECT) for other in self._same_subject(article)),
            ((other, Source.NOW) for other in self.read_now),
            ((other, Source.NEWEST) for other in self.newest),
        ):
            if other not in seen:
                seen.add(other)
                yield other, source

    def _same_subject(self, pk: int | None) -> list[int]:
        """Return those that share keywords (two points each) or the section (one point).

        Most points come first, of equals what is most read now, then the newest.
        """
        article = self.articles.get(pk) if pk is not None else None
        if article is None:
            return []
        points: dict[int, int] = defaultdict(int)
        for key in article.keys:
            for other in self.pools[key]:
                points[other] += 2 if key[0] == "tag" else 1

        def order(other: int) -> tuple[int, float, float, int]:
            now = self.now.get(other, 0.0)
            return -points[other], -now, -self.articles[other].published, -other

        return sorted(points, key=order)


def compose_list(
    article: int | None,
    learnt: Iterable[int],
    fallback: Fallback | None,
    *,
    pinned: Iterable[int],
    banned: frozenset[int],
    length: int,
) -> list[Entry]:
    """Return the article's list, without what editors have banned.

    What they impose comes first, then what readings taught, then what is found without them.
    """
    entries = chain(
        ((other, Source.EDITOR) for other in pinned),
        ((other, Source.READINGS) for other in learnt),
        fallback.entries(article) if fallback else (),
    )
    chosen: dict[int, str] = {}
    for other, source in entries:
        if other != article and other not in banned:
            chosen.setdefault(other, source)
        if len(chosen) == length:
            break
    return list(islice(chosen.items(), length))
