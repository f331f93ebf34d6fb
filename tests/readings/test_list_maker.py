"""From what readings taught to a list, without a database."""

import pytest

from readings.recommendations.definition import Learnt
from readings.recommendations.lists import POOL, ListMaker, PublishedArticle


def subjects():
    return [
        PublishedArticle(1, 1, frozenset({1, 2}), 1.0),
        PublishedArticle(2, 1, frozenset({1, 2}), 2.0),
        PublishedArticle(3, 1, frozenset(), 3.0),
        PublishedArticle(4, 2, frozenset({2}), 4.0),
        PublishedArticle(5, 2, frozenset(), 5.0),
    ]


def list_of(article, articles=(), *, pairs=(), now=(), length=10, **options):
    """`now`: (article, share), what is read most first."""
    read = [(pk, share, 1000 - rank) for rank, (pk, share) in enumerate(now)]
    known = {pk for pk, _share, _latest in read}
    read += [(b, 0.0, 0) for _a, b, _strength in pairs if b not in known]
    maker = ListMaker(
        Learnt(list(pairs), read),
        articles or subjects(),
        cutoff=options.pop("cutoff", 100.0),
        trend=6.0,
        fills=options.pop("fills", True),
    )
    return maker.list_of(article, length=length, **options)


def of_one_section(number):
    return [PublishedArticle(n, 1, frozenset(), float(n)) for n in range(number)]


def test_what_is_read_now_comes_before_the_subject_and_that_before_the_newest():
    assert list_of(1, now=[(5, 0.1)]) == [
        (5, "NOW"),
        (2, "SUBJECT"),
        (4, "SUBJECT"),
        (3, "NEWEST"),
    ]
    assert list_of(None, now=[(5, 0.4), (3, 0.1)])[:3] == [(5, "NOW"), (3, "NOW"), (4, "NEWEST")]


@pytest.mark.parametrize(
    ("read_now", "learnt", "sources"),
    [
        (0, 0, {"SUBJECT": 2, "NEWEST": 8}),
        (2, 0, {"NOW": 2, "SUBJECT": 2, "NEWEST": 6}),
        (9, 0, {"NOW": 3, "SUBJECT": 2, "NEWEST": 5}),
        (9, 4, {"READINGS": 4, "NOW": 3, "SUBJECT": 2, "NEWEST": 1}),
        (9, 9, {"READINGS": 9, "NOW": 1}),
    ],
)
def test_three_of_what_is_read_now_and_two_of_the_subject_fill_a_list(read_now, learnt, sources):
    found = list_of(
        0,
        of_one_section(60),
        pairs=[(0, 50 - n, 9.0 - n) for n in range(learnt)],
        now=[(20 + n, 0.1) for n in range(read_now)],
    )
    assert len({pk for pk, _source in found}) == 10
    assert {source: [s for _pk, s in found].count(source) for source in sources} == sources


def test_score_puts_what_everybody_reads_before_a_weak_pair():
    pairs = [(1, 3, 0.2), (1, 2, 0.1)]
    assert list_of(1, pairs=pairs, now=[(4, 0.05), (2, 0.02)])[:3] == [
        (4, "NOW"),
        (2, "READINGS"),
        (3, "READINGS"),
    ]


def test_what_is_read_now_stands_in_where_the_subject_is_alone():
    articles = [PublishedArticle(99, 2, frozenset(), 99.0), *of_one_section(40)]
    found = list_of(99, articles, now=[(n, 0.1) for n in range(9)], length=7)
    assert found == [*((n, "NOW") for n in range(5)), (39, "NEWEST"), (38, "NEWEST")]


def test_article_that_is_not_there_yet_gets_a_list_and_stands_in_none():
    articles = [*of_one_section(8), PublishedArticle(9, 1, frozenset(), float("inf"))]
    assert len(list_of(9, articles)) == 8
    for pk in (None, *range(8)):
        assert 9 not in [other for other, _source in list_of(pk, articles, now=[(9, 0.9)])]


def test_list_keeps_to_the_editors_and_repeats_nothing():
    pairs = [(1, 3, 5.0), (1, 2, 4.0)]
    assert list_of(1, pairs=pairs, pinned=[4], banned={2}, length=3) == [
        (4, "EDITOR"),
        (3, "READINGS"),
        (5, "NEWEST"),
    ]
    banned_now = list_of(1, now=[(5, 0.5), (4, 0.1)], banned={5})
    assert banned_now[0] == (4, "NOW")
    assert 5 not in [pk for pk, _source in banned_now]
    assert list_of(1, fills=False) == list_of(1, now=[(2, 0.9)], fills=False) == []
    assert list_of(1, pairs=pairs, now=[(5, 0.9)], fills=False) == [
        (3, "READINGS"),
        (2, "READINGS"),
    ]


def test_cost_of_a_list_does_not_grow_with_the_archive():
    few, many = (
        ListMaker(Learnt([], []), of_one_section(size), cutoff=1e9, trend=6.0)
        for size in (POOL, 100 * POOL)
    )
    for maker in (few, many):
        assert {len(pool) for pool in maker.pools.values()} == {POOL}
    assert len(many.newest) <= 2 * POOL
