"""Lists for articles of which readings say too little: the same subject, then what is read now, then the newest. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from readings.models import AlsoViewed

Source = AlsoViewed.Source
Entry = tuple[int, str]  # article id, AlsoViewed.Source
POOL = 40  # articles looked at of each section and keyword: the cost of a list does not grow with the archive


@dataclass(frozen=True)
class Subject:
    """What a published article is about; `published` is its place in time, any growing number."""

    article: int
    section: int
    tags: frozenset[int]
    published: float


class Back:
    """Finds entries without readings of the article itself. `now` is article id -> share of the site's latest readings."""

    def __init__(self, subjects: Iterable[Subject], now: Mapping[int, float]) -> None:
        self.now = now
        self.subjects = {subject.article: subject for subject in subjects}
        newest = sorted(
            self.subjects.values(), key=lambda subject: (-subject.published, -subject.article)
        )
        self.newest = [subject.article for subject in newest[: 2 * POOL]]
        self.read_now = sorted(
            (article for article in self.subjects if now.get(article)),
            key=lambda article: (-now[article], -article),
        )[: 2 * POOL]
        self.pools: dict[tuple[str, int], list[int]] = defaultdict(list)
        for subject in sorted(newest, key=lambda subject: -now.get(subject.article, 0.0)):
            for key in _keys(subject):
                if len(self.pools[key]) < POOL:
                    self.pools[key].append(subject.article)

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

    def _same_subject(self, article: int | None) -> list[int]:
        """Return those that share keywords (two points each) or the section (one), most points first, then most read now, then newest."""
        subject = self.subjects.get(article) if article is not None else None
        if subject is None:
            return []
        points: dict[int, int] = {}
        for key in _keys(subject):
            for other in self.pools[key]:
                points[other] = points.get(other, 0) + (2 if key[0] == "tag" else 1)
        return sorted(
            points,
            key=lambda other: (
                -points[other],
                -self.now.get(other, 0.0),
                -self.subjects[other].published,
                -other,
            ),
        )


def _keys(subject: Subject) -> list[tuple[str, int]]:
    return [("section", subject.section), *(("tag", tag) for tag in sorted(subject.tags))]


def filled(
    article: int | None,
    learnt: Iterable[int],
    back: Back | None,
    *,
    pinned: Iterable[int],
    banned: frozenset[int],
    length: int,
) -> list[Entry]:
    """Return the article's list: what editors impose, what readings taught, what is found without them; nothing that editors have banned."""
    entries = chain(
        ((other, Source.EDITOR) for other in pinned),
        ((other, Source.READINGS) for other in learnt),
        back.entries(article) if back else (),
    )
    chosen: dict[int, str] = {}
    for other, source in entries:
        if other != article and other not in banned:
            chosen.setdefault(other, source)
        if len(chosen) == length:
            break
    return list(islice(chosen.items(), length))
