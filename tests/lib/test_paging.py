import random

import pytest

from lib.cached import cached
from lib.paging import page_of, page_of_list
from tests.factories import make_article, make_author


def walk(items, size=3):
    """Return the pages, each as a list, following the links."""
    page = page_of_list(items, key=tuple, size=size)
    pages = [page.items]
    while page.older:
        page = page_of_list(items, key=tuple, after=page.older, size=size)
        pages.append(page.items)
    return pages


def test_list_is_walked_once_through():
    items = sorted(((random.Random(1).randint(0, 5), n) for n in range(20)), reverse=True)
    assert [item for page in walk(items) for item in page] == items
    assert [len(page) for page in walk(items)] == [3] * 6 + [2]


def test_what_enters_above_moves_nothing_below():
    items = [(9, 1), (8, 2), (7, 3), (6, 4)]
    first = page_of_list(items, key=tuple, size=2)
    second = page_of_list([(10, 5), *items], key=tuple, after=first.older, size=2)
    assert second.items == [(7, 3), (6, 4)]
    assert second.before == 3
    assert second.older == ""


def test_what_leaves_takes_its_own_place_only():
    items = [(9, 1), (8, 2), (7, 3), (6, 4)]
    first = page_of_list(items, key=tuple, size=2)
    assert page_of_list([(9, 1), (7, 3), (6, 4)], key=tuple, after=first.older, size=2).items == [
        (7, 3),
        (6, 4),
    ]


def test_newer_link_of_a_list_leads_back():
    items = [(n, n) for n in range(9, 0, -1)]
    third = page_of_list(
        items,
        key=tuple,
        after=page_of_list(
            items, key=tuple, after=page_of_list(items, key=tuple, size=3).older, size=3
        ).older,
        size=3,
    )
    assert page_of_list(items, key=tuple, before=third.newer, size=3).items == [
        (6, 6),
        (5, 5),
        (4, 4),
    ]


@pytest.mark.parametrize("cursor", ["x", "\x00", "W10", "é" * 500, "1:2:3"])
def test_broken_cursor_of_a_list_shows_its_beginning(cursor):
    assert page_of_list([(2, 1), (1, 2)], key=tuple, after=cursor, size=1).items == [(2, 1)]


def test_empty_list_has_one_empty_page():
    assert page_of_list([], key=tuple, after="x").items == []


def test_cursor_of_another_list_is_not_taken(db):
    make_article()
    foreign = page_of_list([(3, 2, 1), (2, 2, 2)], key=tuple, size=1).older
    from articles.models import Article

    assert len(page_of(Article.objects.all(), after=foreign).items) == 1


def test_ascending_text_key_is_walked_once_through(db):
    from authors.models import Author

    names = ["Zoé", "alice", "Émile", "bruno", "Chloé"]
    for name in names:
        make_author(name)
    seen, after = [], ""
    while True:
        page = page_of(Author.objects.all(), keys=("pseudonym_key", "id"), after=after, size=2)
        seen += [author.pseudonym for author in page.items]
        make_author(f"aaa {len(seen)}")  # enters before what was shown
        after = page.older
        if not after:
            break
    assert seen == ["alice", "bruno", "Chloé", "Émile", "Zoé"]


def test_dear_answer_is_kept_and_a_cheap_one_is_renewed(monkeypatch):
    clock = {"time": 1000.0, "work": 0.0}
    monkeypatch.setattr("lib.cached.time.time", lambda: clock["time"])
    monkeypatch.setattr("lib.cached.time.perf_counter", lambda: clock["work"])
    calls = []

    def compute():
        calls.append(clock["time"])
        clock["work"] += 0.5  # allows 100 seconds
        return len(calls)

    assert [cached("dear", compute), cached("dear", compute)] == [1, 1]
    clock["time"] += 99
    assert cached("dear", compute) == 1
    clock["time"] += 2
    assert cached("dear", compute) == 2


def test_others_get_the_answer_before_while_one_computes(monkeypatch):
    from django.core.cache import cache

    cache.set("busy-one", (0.0, 0.1, "before"), 60)
    cache.add("busy-one:busy", 1, 30)
    assert cached("busy-one", lambda: "after") == "before"
    cache.delete("busy-one:busy")
    assert cached("busy-one", lambda: "after") == "after"
