from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from frontpage.models import FrontPageSlot
from readings.models import ReadingsOfDay
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

LEAD, SELECTION = FrontPageSlot.Place.LEAD, FrontPageSlot.Place.SELECTION
HOUR = timedelta(hours=1)


def put(article, place=SELECTION, **fields):
    return FrontPageSlot.objects.create(article=article, place=place, **fields)


def titles(articles):
    return [article.title for article in articles]


@pytest.fixture
def five(db):
    return [
        make_article(title=f"Article {n}", published_at=timezone.now() - n * HOUR)
        for n in range(1, 6)
    ]


def test_without_choice_the_newest_with_a_picture_leads_and_the_newest_follow(client, five):
    pictured = make_article(
        title="Illustré", lead_image=make_picture(), published_at=timezone.now() - 9 * HOUR
    )
    shown = client.get("/").context
    assert shown["lead"] == pictured
    assert titles(shown["selection"]) == ["Article 1", "Article 2", "Article 3", "Article 4"]
    assert "Les derniers articles" in client.get("/").content.decode()


def test_editors_choose_lead_and_selection_in_their_order(client, five):
    put(five[4], LEAD)
    put(five[3], position=1)
    put(five[2], position=0)
    shown = client.get("/").context
    assert shown["lead"] == five[4]
    assert titles(shown["selection"]) == ["Article 3", "Article 4", "Article 1", "Article 2"]
    assert "Le choix de la rédaction" in client.get("/").content.decode()


def test_article_stands_once_however_often_it_was_put(client, five):
    put(five[0], LEAD)
    put(five[0])
    put(five[1])
    put(five[1], position=3)
    shown = client.get("/").context
    assert shown["lead"] == five[0]
    assert titles(shown["selection"]) == ["Article 2", "Article 3", "Article 4", "Article 5"]


def test_place_is_held_from_its_start_to_its_end(client, five):
    now = timezone.now()
    put(five[4], LEAD, starts_at=now + HOUR)
    put(five[3], ends_at=now - HOUR)
    put(five[2], starts_at=now - HOUR, ends_at=now + HOUR)
    shown = client.get("/").context
    assert shown["lead"] != five[4]
    assert titles(shown["selection"])[0] == "Article 3"


def test_place_ends_at_its_end_and_starts_at_its_start(five):
    now = timezone.now()
    before, after = put(five[0], ends_at=now), put(five[1], starts_at=now)
    assert list(FrontPageSlot.objects.shown_at(now)) == [after]
    assert list(FrontPageSlot.objects.shown_at(now - timedelta(microseconds=1))) == [before]


def test_unpublished_article_is_never_shown(client, five):
    put(make_article(title="Brouillon", published=False), LEAD)
    put(five[0])
    publishing.withdraw(five[0], actor=None, reason="Erreur.")
    html = client.get("/").content.decode()
    assert "Brouillon" not in html
    assert "Article 1" not in html
    assert client.get("/").context["lead"] == five[1]


def test_end_before_start_is_refused_by_the_database(five):
    now = timezone.now()
    with pytest.raises(IntegrityError):
        put(five[0], starts_at=now, ends_at=now - HOUR)


def test_home_costs_six_queries_cold_and_warm_whatever_is_on_it(client, db):
    picture, writer = make_picture(), make_author("Alice", role="WRITER")
    for top in ("Santé", "Famille", "Soins"):
        section = make_section("Suite", parent=make_section(top))
        for n in range(6):
            article = make_article(section=section, author=writer, lead_image=picture)
            make_comment(article)
            make_rating(article)
            ReadingsOfDay.objects.create(
                article=article, day=timezone.localdate(), readings_count=n + 1
            )
    old = make_article(title="Ancien mais lu", published_at=timezone.now() - timedelta(days=400))
    ReadingsOfDay.objects.create(article=old, day=timezone.localdate(), readings_count=50)
    for _n in range(70):
        make_article(author=writer)
    put(old, LEAD)
    for _time in ("cold", "warm"):
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/").content.decode()
        assert len(queries) <= 6, [query["sql"][:200] for query in queries]
        for words in ("Les plus lus", "Les plus commentés", "Les mieux notés", "50 lectures"):
            assert words in html


def test_lists_of_a_quiet_site_are_those_of_the_year(client, db):
    make_comment(make_article(published_at=timezone.now() - timedelta(days=90)))
    (only,) = client.get("/").context["rankings"]
    assert only["period"].slug == "annee"
    assert "/les-plus-commentes/annee/" in client.get("/").content.decode()


def test_lists_of_the_front_page_are_ranked(client, db):
    good, single = make_article(title="Bien noté"), make_article(title="Un seul cinq")
    make_rating(single, value=5)
    for _n in range(8):
        make_rating(good, value=4)
    (ranking,) = client.get("/").context["rankings"]
    assert titles(entry["article"] for entry in ranking["entries"]) == ["Bien noté", "Un seul cinq"]


def test_editor_sets_the_front_page_and_looks_at_it_at_a_chosen_time(as_, bruno, five):
    client = as_(bruno)
    tomorrow = timezone.localtime() + timedelta(days=1)
    fields = {
        "article": five[4].pk,
        "place": "LEAD",
        "position": 0,
        "starts_at_0": tomorrow.strftime("%d/%m/%Y"),
        "starts_at_1": "00:00:00",
    }
    assert client.post("/admin/frontpage/frontpageslot/add/", fields).status_code == 302
    listed = client.get("/admin/frontpage/frontpageslot/").content.decode()
    assert "à venir" in listed
    assert "/admin/frontpage/frontpageslot/apercu/" in listed
    preview = "/admin/frontpage/frontpageslot/apercu/"
    assert client.get(preview).context["lead"] != five[4]
    later = client.get(preview, {"a": tomorrow.strftime("%Y-%m-%dT12:00")})
    assert later.context["lead"] == five[4]
    assert "telle que les lecteurs la verront" in later.content.decode()
    assert client.get("/").context["lead"] != five[4]


@pytest.mark.parametrize(
    "moment", ["demain", "\x00", "9999-99-99T00:00", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_preview_at_no_time_is_that_of_now(as_, bruno, five, moment):
    assert (
        as_(bruno).get("/admin/frontpage/frontpageslot/apercu/", {"a": moment}).status_code == 200
    )


def test_readers_do_not_see_the_preview(as_, chloe, client, db):
    assert client.get("/admin/frontpage/frontpageslot/apercu/").status_code == 302
    assert as_(chloe).get("/admin/frontpage/frontpageslot/apercu/").status_code in {302, 403}


def test_start_after_end_is_said_in_the_form(as_, bruno, five):
    fields = {
        "article": five[0].pk,
        "place": "LEAD",
        "position": 0,
        "starts_at_0": "02/01/2027",
        "starts_at_1": "00:00:00",
    }
    html = (
        as_(bruno)
        .post(
            "/admin/frontpage/frontpageslot/add/",
            {**fields, "ends_at_0": "01/01/2027", "ends_at_1": "00:00:00"},
        )
        .content.decode()
    )
    assert "La fin vient après le début." in html
    assert not FrontPageSlot.objects.exists()


def test_deleted_article_leaves_its_place(five):
    put(five[0])
    Article.objects.filter(pk=five[0].pk).delete()
    assert not FrontPageSlot.objects.exists()
