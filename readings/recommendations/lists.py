"""From what readings taught to lists: those that the site shows and those that are measured. Pure.

What was read together and what is read now are ranked by one score. Where that leaves a list short,
the same subject follows, then the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from readings.models import AlsoViewed
from readings.recommendations.definition import ArticleId, Learnt

Source = AlsoViewed.Source
Entry = tuple[ArticleId, str]  # article, AlsoViewed.Source
# What stands in a list though nobody has read it together with the article. "Now" alone would show
# the same few articles everywhere, the subject alone costs a fifth of the hits
# (docs/recommendations.md).
FROM_NOW, FROM_SUBJECT = 3, 2
# articles looked at of each section and keyword: a list's cost does not grow with the archive
POOL = 40


@dataclass(frozen=True)
class PublishedArticle:
    """What lists know of an article. `published` is any number that grows with time."""

    pk: ArticleId
    section: Hashable
    tags: frozenset[Hashable]
    published: float

    @property
    def keys(self) -> list[tuple[str, Hashable]]:
        """Return what other articles of the same subject share with it."""
        return [("section", self.section), *(("tag", tag) for tag in self.tags)]


class ListMaker:
    """Makes the list of any article at one moment.

    An article whose `published` is later than `cutoff` gets a list and stands in none. `fills`:
    lists that readings leave short are filled.
    """

    def __init__(
        self,
        learnt: Learnt,
        articles: Iterable[PublishedArticle],
        *,
        cutoff: float,
        trend: float,
        fills: bool = True,
    ) -> None:
        self.trend, self.fills = trend, fills
        self.articles = {article.pk: article for article in articles}
        self.together: dict[ArticleId, dict[ArticleId, float]] = defaultdict(dict)
        for pk, neighbour, strength in learnt.pairs:
            self.together[pk][neighbour] = strength
        self.latest = {pk: latest for pk, _share, latest in learnt.read}
        self.now = {pk: share for pk, share, _latest in learnt.read if share > 0}
        newest = sorted(
            (article for article in self.articles.values() if article.published <= cutoff),
            key=by_date,
        )
        self.newest = [article.pk for article in newest[: 2 * POOL]]
        there = {article.pk for article in newest}
        being_read = (pk for pk in self.now if pk in there)  # what is read most comes first
        self.read_now = list(islice(being_read, 2 * POOL))
        self.pools: dict[tuple[str, Hashable], list[ArticleId]] = defaultdict(list)
        for article in sorted(newest, key=lambda article: -self.now.get(article.pk, 0.0)):
            for key in article.keys:
                if len(self.pools[key]) < POOL:
                    self.pools[key].append(article.pk)

    def list_of(
        self,
        article: ArticleId | None,
        *,
        pinned: Iterable[ArticleId] = (),
        banned: Collection[ArticleId] = (),
        length: int,
    ) -> list[Entry]:
        """Return the article's list, best first; for None that of the site.

        What editors impose comes first, what they ban is not there.
        """
        chosen: dict[ArticleId, str] = {}

        def add(source: str, others: Iterable[ArticleId], most: int = length) -> int:
            room = min(most, length - len(chosen))
            free = (pk for pk in others if pk not in chosen and pk not in banned and pk != article)
            found = list(islice(free, room))
            chosen.update(dict.fromkeys(found, source))
            return len(found)

        add(Source.EDITOR, pinned)
        scored = self._scored(article, {article, *banned, *chosen})
        chosen.update(scored[: length - len(chosen)])
        if self.fills and len(chosen) < length:
            of_subject = add(Source.SUBJECT, self._same_subject(article), FROM_SUBJECT)
            add(Source.NOW, self.read_now, FROM_SUBJECT - of_subject)
            add(Source.NEWEST, self.newest)
        return list(chosen.items())

    def _scored(
        self, article: ArticleId | None, left_out: Collection[ArticleId | None]
    ) -> list[tuple[ArticleId, str]]:
        """Return what was read together with the article and what is read now, by the score."""
        together = self.together.get(article, {}) if article is not None else {}
        strengths = {pk: strength for pk, strength in together.items() if pk not in left_out}
        now: Iterator[ArticleId] = iter(())
        if self.fills:
            now = (pk for pk in self.read_now if pk not in strengths and pk not in left_out)

        def order(other: ArticleId) -> tuple[float, int, ArticleId]:
            score = strengths.get(other, 0.0) + self.trend * self.now.get(other, 0.0)
            return -score, -self.latest[other], other

        candidates = sorted([*strengths, *islice(now, FROM_NOW)], key=order)
        return [(pk, Source.READINGS if pk in strengths else Source.NOW) for pk in candidates]

    def _same_subject(self, pk: ArticleId | None) -> list[ArticleId]:
        """Return those that share keywords (two points each) or the section (one point).

        Most points come first, of equals what is most read now, then the newest.
        """
        article = self.articles.get(pk) if pk is not None else None
        points: dict[ArticleId, int] = defaultdict(int)
        for key in article.keys if article else ():
            for other in self.pools.get(key, ()):
                points[other] += 2 if key[0] == "tag" else 1

        def order(other: ArticleId) -> tuple[int, float, float, ArticleId]:
            return -points[other], -self.now.get(other, 0.0), *by_date(self.articles[other])

        return sorted(points, key=order)


def by_date(article: PublishedArticle) -> tuple[float, ArticleId]:
    return -article.published, article.pk
