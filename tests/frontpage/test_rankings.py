from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from frontpage import rankings
from frontpage.periods import ALWAYS, DAY, MONTH, PERIODS, WEEK, YEAR
from readings.models import ReadingsOfDay
from tests.factories import make_article, make_comment, make_rating

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 0, 30, tzinfo=PARIS)  # still the 24th in UTC


def read(article, count, day):
    ReadingsOfDay.objects.create(article=article, day=day, readings_count=count)
    Article.objects.filter(pk=article.pk).update(readings_count=article.readings_count + count)


def order(places):
    return [place[2] for place in places]


def test_periods_begin_at_midnight_in_paris():
    assert DAY.first_day(NOW) == date(2026, 11, 25)
    assert WEEK.first_day(NOW) == date(2026, 11, 19)
    assert WEEK.start(NOW) == datetime(2026, 11, 19, tzinfo=PARIS)
    assert WEEK.start(NOW).astimezone(ZoneInfo("UTC")) == datetime(
        2026, 11, 18, 23, tzinfo=ZoneInfo("UTC")
    )
    assert ALWAYS.start(NOW) is None


def test_period_begins_at_midnight_across_the_change_of_hour():
    assert (
        WEEK.start(datetime(2026, 10, 28, 12, tzinfo=PARIS)).astimezone(ZoneInfo("UTC")).hour == 22
    )  # 22 October, summer time


@pytest.mark.parametrize(
    ("minute", "inside"),
    [
        (datetime(2026, 11, 18, 23, 59, tzinfo=PARIS), False),
        (datetime(2026, 11, 19, 0, 0, tzinfo=PARIS), True),
    ],
)
def test_article_counts_from_the_first_minute_of_the_period(db, minute, inside):
    article = make_article(published_at=minute)
    make_comment(article)
    make_rating(article, value=5)
    for ranking in (rankings.COMMENTED, rankings.RATED):
        assert order(ranking.compute(WEEK, None, NOW)) == ([article.pk] if inside else [])
        assert order(ranking.compute(ALWAYS, None, NOW)) == [article.pk]


def test_readings_count_by_the_day_they_took_place_whatever_the_age_of_the_article(db):
    old, new = make_article(published_at=NOW - timedelta(days=900)), make_article(published_at=NOW)
    read(old, 3, date(2026, 11, 19))
    read(new, 2, date(2026, 11, 25))
    read(new, 2, date(2026, 11, 18))
    assert rankings.READ.compute(WEEK, None, NOW) == [(3, 0, old.pk), (2, 0, new.pk)]
    assert rankings.READ.compute(DAY, None, NOW) == [(2, 0, new.pk)]
    assert rankings.READ.compute(MONTH, None, NOW) == [(4, 0, new.pk), (3, 0, old.pk)]


def test_one_five_does_not_win(db):
    single, good, fair = make_article(), make_article(), make_article()
    make_rating(single, value=5)
    for _n in range(6):
        make_rating(good, value=4)
    for value in (5, 4, 3):
        make_rating(fair, value=value)
    assert order(rankings.RATED.compute(YEAR)) == [good.pk, fair.pk, single.pk]


def test_equals_are_parted_by_votes_then_by_age(db):
    first, second, third = make_article(), make_article(), make_article()
    for article in (first, second):
        make_rating(article, value=3)
    make_rating(third, value=3)
    make_rating(third, value=3)
    assert order(rankings.RATED.compute(ALWAYS)) == [third.pk, second.pk, first.pk]
    make_comment(first)
    make_comment(second)
    assert order(rankings.COMMENTED.compute(ALWAYS)) == [second.pk, first.pk]


def test_unpublished_articles_are_in_no_list(db, bruno):
    article = make_article()
    make_comment(article)
    make_rating(article)
    read(article, 5, timezone.localdate())
    publishing.withdraw(article, actor=None, reason="Erreur.")
    for period in PERIODS.values():
        assert [ranking.compute(period, None, None) for ranking in rankings.RANKINGS.values()] == [
            [],
            [],
            [],
        ]


def test_article_withdrawn_after_the_list_was_made_is_not_shown(client, db):
    article = make_article(title="Retiré depuis")
    make_comment(article)
    kept = rankings.COMMENTED.places(WEEK)
    publishing.withdraw(article, actor=None, reason="Erreur.")
    assert rankings.entries(rankings.COMMENTED, kept, rankings.articles_at([article.pk])) == []


@pytest.mark.parametrize("slug", rankings.RANKINGS)
@pytest.mark.parametrize("period", PERIODS)
def test_every_list_has_its_address_and_costs_at_most_six_queries(client, db, slug, period):
    for _n in range(25):
        article = make_article()
        Article.objects.filter(pk=article.pk).update(
            comments_count=_n, ratings_count=1, ratings_sum=4
        )
        read(article, _n + 1, timezone.localdate())
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/{slug}/{period}/")
    assert answer.status_code == 200
    assert len(queries) <= 6, [query["sql"][:100] for query in queries]
    html = answer.content.decode()
    assert f'href="http://localhost:8000/{slug}/{period}/"' in html or f"/{slug}/{period}/" in html
    assert 'rel="next"' in html


def test_address_without_period_shows_the_week(client, db):
    assert client.get("/les-plus-lus/").context["period"] is WEEK


@pytest.mark.parametrize(
    "path", ["/les-plus-lus/siecle/", "/les-mieux-notes/Siecle/", "/les-plus-lus/semaine/1/"]
)
def test_unknown_period_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_list_says_how_it_is_made(client, db):
    html = client.get("/les-mieux-notes/annee/").content.decode()
    assert "10 notes imaginaires de 3 sur 5" in html.replace("\u202f", " ").replace("\u00a0", " ")


def test_pages_neither_skip_nor_repeat_while_articles_are_published_and_rated(client, db):
    made = [make_article(title=f"Titre {n:02}") for n in range(45)]
    for n, article in enumerate(made):
        Article.objects.filter(pk=article.pk).update(ratings_count=50 - n, ratings_sum=5 * (50 - n))
    seen, path = [], "/les-mieux-notes/annee/"
    while path:
        page = client.get(path)
        seen += [entry["article"].title for entry in page.context["entries"]]
        enters = make_article(title=f"Paru entre-temps {len(seen)}")
        Article.objects.filter(pk=enters.pk).update(
            ratings_count=100, ratings_sum=500
        )  # goes straight to the top
        cache.clear()
        older = page.context["page"].older
        path = f"/les-mieux-notes/annee/?apres={older}" if older else ""
    assert [title for title in seen if title.startswith("Titre")] == [
        article.title for article in made
    ]


def test_second_page_goes_on_with_the_numbers_and_leads_back(client, db):
    for n in range(25):
        article = make_article()
        Article.objects.filter(pk=article.pk).update(comments_count=n + 1)
    first = client.get("/les-plus-commentes/toujours/").context
    second = client.get("/les-plus-commentes/toujours/", {"apres": first["page"].older})
    assert [entry["place"] for entry in second.context["entries"]] == [21, 22, 23, 24, 25]
    assert '<ol class="ranking ranking--long" start="21">' in second.content.decode()
    back = client.get("/les-plus-commentes/toujours/", {"avant": second.context["page"].newer})
    assert back.context["page"].items == first["page"].items


def test_section_page_shows_the_most_read_of_the_section_and_below(client, db):
    from tests.factories import make_section

    top = make_section("Soins")
    inside, outside = (
        make_article(section=make_section("Suite", parent=top), title="Lu dedans"),
        make_article(section=make_section("Ailleurs"), title="Lu dehors"),
    )
    read(inside, 3, timezone.localdate())
    read(outside, 9, timezone.localdate())
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/soins/").content.decode()
    assert len(queries) <= 6
    ranking = html[html.index("Les plus lus de la rubrique") :]
    assert "Lu dedans" in ranking
    assert "Lu dehors" not in ranking
