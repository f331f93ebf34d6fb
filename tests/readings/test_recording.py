"""What counts as a reading, and what does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from authors.models import Author
from readings import visitors
from readings.beacon import queue, recording, visits
from readings.beacon.beacons import Beacon
from readings.models import BannedNetwork, BlockTally, Reading, ReadingsOfDay
from readings.recommendations.definition import Tuning
from tests.factories import make_article, make_author
from tests.readings.readers import BROWSER, send, tell, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db):
    return make_article()


def count(article):
    article.refresh_from_db()
    return article.readings_count


def test_reading_is_counted_once_everywhere_and_leaves_nothing_with_the_reader(client, article):
    answer = tell(client, article)
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (204, b"", {})
    assert count(article) == 1
    assert ReadingsOfDay.objects.get().readings_count == 1
    assert Reading.objects.get().article_id == article.pk


def test_second_look_in_the_same_visit_does_not_count(client, article):
    for _look in range(3):
        tell(client, article)
    assert count(article) == 1


def test_thirty_idle_minutes_end_a_visit(article):
    visit([article], number=1, at=timezone.now() - timedelta(minutes=31))
    visit([article], number=1, at=timezone.now())
    assert list(Reading.objects.order_by("visit").values_list("visit", flat=True)) == [0, 1]
    assert len(set(Reading.objects.values_list("visitor", flat=True))) == 1
    assert count(article) == 2


def test_other_browser_or_other_address_is_another_visitor(client, article):
    tell(client, article)
    tell(client, article, browser=BROWSER.replace("140", "141"))
    tell(client, article, number=2)
    assert count(article) == 3


def test_address_is_the_one_that_our_proxy_saw(client, article, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(3):
        tell(
            client,
            article,
            ip="127.0.0.1",
            **{"x-forwarded-for": f"203.0.113.{number}, 198.51.100.9"},
        )
    assert count(article) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"dnt": "1"},
        {"sec-gpc": "1"},
        {"purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"sec-fetch-site": "cross-site"},
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "python-requests/2.32"},
        {
            "user-agent": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible;"
            " bingbot/2.0) Chrome/140"
        },
    ],
)
def test_who_asks_not_to_be_counted_or_is_no_reader_is_not(client, article, headers):
    assert (
        tell(
            client, article, **{"browser": headers.pop("user-agent", BROWSER), **headers}
        ).status_code
        == 204
    )
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "browser",
    [
        BROWSER,
        "Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile"
        " Safari/537.36",
    ],
)
def test_browsers_of_people_count(client, article, browser):
    tell(client, article, browser=browser)
    assert count(article) == 1


def test_author_does_not_count_on_own_article_but_does_on_others(as_, alice, article):
    own = make_article(author=alice)
    other = make_article(author=make_author("Zoé", role=Author.Role.WRITER))
    client = as_(alice)
    tell(client, own)
    tell(client, other)
    assert (count(own), count(other)) == (0, 1)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_only_published_articles_count(client, withdrawn):
    article = make_article(published=withdrawn)
    if withdrawn:
        publishing.withdraw(article, actor=None, reason="Une erreur.")
    assert tell(client, article).status_code == 204
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"article": "1"},
        {"act": "read"},
        {"act": "write", "article": "1"},
        {"act": "read", "article": "un"},
        {"act": "read", "article": "-1"},
        {"act": "read", "article": "0"},
        {"act": "read", "article": "9" * 19},
        {"act": "read", "article": "٣"},
        {"act": "read", "article": "1\x00"},
        {"act": "followed", "article": "1", "position": "x"},
        {"act": "read", "article": "1", "more": "x" * 1000},
    ],
)
def test_nonsense_is_refused(client, article, fields):
    answer = send(client, fields, headers={"user-agent": BROWSER})
    assert answer.status_code == 400
    assert not Reading.objects.exists()


def test_reading_needs_post_and_no_token(article):
    client = Client(enforce_csrf_checks=True)
    assert client.get("/lectures/").status_code == 405
    assert tell(client, article).status_code == 204
    assert count(article) == 1


def test_forged_time_is_ignored(client, article):
    before = timezone.now()
    send(
        client,
        {"act": "read", "article": article.pk, "ts": "0", "read_at": "1999-01-01"},
        headers={"user-agent": BROWSER},
    )
    assert before <= Reading.objects.get().read_at <= timezone.now()


def test_unknown_article_is_let_go(client, article):
    assert tell(client, article.pk + 999).status_code == 204
    assert tell(client, 2**63 - 1).status_code == 204
    assert not Reading.objects.exists()


def test_visit_keeps_so_many_articles_and_no_more(article, monkeypatch):
    monkeypatch.setattr(visits, "MOST_ARTICLES", 30)
    visit([article, *(make_article() for _n in range(35))], number=1)
    assert Reading.objects.count() == 30
    assert Tuning().max_visit < visits.MOST_ARTICLES, "what lists look at is the end of a visit"


def test_network_keeps_so_many_readings_a_minute(client, settings):
    settings.READINGS_PER_NETWORK_MINUTE = 10
    articles = [make_article() for _n in range(3)]
    for n in range(30):
        tell(client, articles[n % 3], ip=f"203.0.113.{n}")
    assert 10 <= Reading.objects.count() <= 20  # the minute may have turned
    tell(client, articles[0], ip="198.51.100.1")
    assert Reading.objects.filter(article=articles[0]).count() >= 1


def test_network_keeps_so_many_readings_of_an_article_a_day(client, article, settings):
    settings.READINGS_PER_NETWORK_ARTICLE = 5
    for n in range(12):
        tell(client, article, ip=f"2001:db8:1:2::{n}")
    assert count(article) == 5


def test_banned_network_does_not_count(client, article):
    BannedNetwork.objects.create(prefix="203.0.0.0/16", reason="Une ferme à clics.")
    visitors.forget_bans()
    tell(client, article, ip="203.0.113.9")
    tell(client, article, ip="2001:db8::1")
    assert count(article) == 1


def test_many_signs_cost_few_queries():
    articles = [make_article() for _n in range(10)]
    now = timezone.now()
    beacons = [
        Beacon("read", articles[n % 10].pk, n // 5, n // 5, now + timedelta(seconds=n))
        for n in range(500)
    ]
    with CaptureQueriesContext(connection) as queries:
        assert recording.write(beacons) == 500
    assert len(queries) <= 18, [query["sql"][:80] for query in queries]


def test_signs_written_together_count_as_those_written_one_by_one():
    articles = [make_article() for _n in range(4)]
    now = timezone.now()
    beacons = [
        Beacon("read", articles[n % 4].pk, n % 7, n % 3, now + timedelta(minutes=n))
        for n in range(200)
    ]
    recording.write(beacons)
    together = list(Reading.objects.order_by("read_at").values_list("article", "visitor", "visit"))
    Reading.objects.all().delete()
    for beacon in beacons:
        recording.write([beacon])
    assert (
        list(Reading.objects.order_by("read_at").values_list("article", "visitor", "visit"))
        == together
    )


def test_block_is_counted_once_a_reading(client, article):
    tell(client, article)
    for _again in range(3):
        tell(client, article, "shown")
        tell(client, article, "followed", position=2)
    assert set(BlockTally.objects.values_list("variant", "position", "count")) == {
        ("A", 0, 1),
        ("A", 2, 1),
    }


def test_block_without_a_reading_does_not_count(client, article):
    tell(client, article, "shown")
    tell(client, article, "followed", position=1)
    tell(client, article)
    tell(client, article, "followed", position=6)
    assert list(BlockTally.objects.values_list("position", "count")) == [(0, 1)]


def test_visitor_without_a_session_costs_the_view_no_query_of_its_own(client, article, monkeypatch):
    tell(client, article)
    told = []
    monkeypatch.setattr(queue.queue, "put", told.append)
    with CaptureQueriesContext(connection) as queries:
        tell(client, article, number=2)
    assert len(queries) == 0
    assert [beacon.article for beacon in told] == [article.pk]
