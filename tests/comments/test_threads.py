"""Pages of a thread: none repeats or skips a reaction, whatever is written meanwhile."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import threads
from comments.threads import page_of_thread, page_query
from tests.factories import make_article, make_author, make_comment

SMALL = 3  # rows a page


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(threads, "PAGE_SIZE", SMALL)


def link(html, rel):
    """Return the address of the next or previous page of the thread, None without any."""
    found = re.search(rf'class="pagination__link" href="([^"]+)"\s+rel="{rel}"', html)
    return found and found[1].replace("&amp;", "&").removesuffix("#reactions")


def shown(html):
    return [
        int(pk) for pk in re.findall(r'<(?:article|div) class="comment[^"]*" id="r(\d+)"', html)
    ]


def test_replies_that_come_in_between_repeat_nothing(client, db, small_pages):
    article, author = make_article(), make_author()
    made = [make_comment(article, author) for _n in range(3 * SMALL)]
    path, seen = article.get_absolute_url(), []
    html = client.get(path).content.decode()
    seen += shown(html)
    for parent in made[:2]:  # on the page that was read
        make_comment(article, author, parent=parent)
    while address := link(html, "next"):
        html = client.get(path + address).content.decode()
        seen += shown(html)
    assert seen == [comment.pk for comment in made]


def test_pages_lead_back_to_what_stood_before(client, db, small_pages):
    article, author = make_article(), make_author()
    made = [make_comment(article, author).pk for _n in range(3 * SMALL)]
    path, pages = article.get_absolute_url(), []
    html = client.get(path).content.decode()
    while address := link(html, "next"):
        pages.append(shown(html))
        html = client.get(path + address).content.decode()
    assert link(html, "next") is None
    while address := link(html, "prev"):
        html = client.get(path + address).content.decode()
        assert shown(html) == pages.pop()
    assert (pages, shown(html)) == ([], made[:SMALL])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.integers(-1, 8), min_size=1, max_size=9),
    between=st.lists(st.lists(st.integers(-1, 8), max_size=3), max_size=4),
)
def test_reader_of_a_thread_that_grows_sees_each_reaction_once(db, small_pages, before, between):
    article, author, made = make_article(), make_author(), []

    def write(wanted):
        parent = made[wanted] if 0 <= wanted < len(made) else None
        made.append(make_comment(article, author, parent=parent))

    for wanted in before:
        write(wanted)
    first, seen, arriving = list(made), [], iter(between)
    page = page_of_thread(article)
    seen += page.items
    while page.older:
        for wanted in next(arriving, ()):
            write(wanted)
        page = page_of_thread(article, page.older)
        seen += page.items
    assert len(seen) == len(set(seen))
    assert set(first) <= set(seen)
    assert [comment.path for comment in seen] == sorted(comment.path for comment in seen)


def test_permalink_leads_to_the_right_page(client, db, small_pages):
    article, author = make_article(), make_author()
    for _n in range(3 * SMALL - 1):
        make_comment(article, author)
    for number, comment in enumerate(article.comments.in_thread_order()):
        address = client.get(f"/reactions/{comment.pk}/")["location"]
        assert address.endswith(f"#r{comment.pk}")
        assert ("apres=" in address) == bool(page_query(comment)) == (number >= SMALL)
        ids = shown(client.get(address).content.decode())
        assert ids.index(comment.pk) == number % SMALL


def test_cursor_beyond_the_end_shows_the_first_page(db, small_pages):
    article, author = make_article(), make_author()
    made = [make_comment(article, author) for _n in range(SMALL + 1)]
    end = page_of_thread(article).older
    made.pop().delete()
    assert page_of_thread(article, end).items == made


def test_next_page_costs_what_the_first_does(db, small_pages, django_assert_num_queries):
    article, author = make_article(), make_author()
    for _n in range(2 * SMALL):
        make_comment(article, author)
    older = page_of_thread(article).older
    with django_assert_num_queries(1):
        assert page_of_thread(article, older).items
