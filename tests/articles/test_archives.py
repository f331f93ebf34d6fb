from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import archives, publishing
from articles.archives import Month
from tests.factories import make_article

PARIS = ZoneInfo("Europe/Paris")


def at(*parts):
    return datetime(*parts, tzinfo=PARIS)


def test_months_are_those_of_paris(db):
    make_article(published_at=at(2026, 11, 1, 0, 0))  # 31 October in UTC
    make_article(published_at=at(2026, 10, 31, 23, 59))
    make_article(published_at=at(2026, 1, 1, 0, 30))
    make_article(published_at=at(2025, 12, 31, 23, 30))
    assert [(month.year, month.month, month.count) for month in archives.months()] == [
        (2026, 11, 1),
        (2026, 10, 1),
        (2026, 1, 1),
        (2025, 12, 1),
    ]


def test_index_names_months_with_their_numbers(client, db):
    for n in range(3):
        make_article(published_at=at(2026, 3, 10) + timedelta(days=n))
    publishing.withdraw(make_article(published_at=at(2026, 2, 10)), actor=None, reason="Erreur.")
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/archives/").content.decode()
    assert len(queries) <= 6
    assert "/archives/2026/03/" in html
    assert "3 articles" in html
    assert "/archives/2026/02/" not in html


def test_empty_site_has_an_archive_page(client, db):
    assert "Aucun article pour le moment." in client.get("/archives/").content.decode()


def test_month_page_shows_its_articles_and_the_months_beside_it(client, db):
    inside = make_article(title="Dedans", published_at=at(2026, 3, 31, 23, 59))
    make_article(title="Après", published_at=at(2026, 5, 1))
    make_article(title="Avant", published_at=at(2025, 12, 1))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/archives/2026/03/")
    assert len(queries) <= 6
    assert page.context["page"].items == [inside]
    html = page.content.decode()
    assert "/archives/2026/05/" in html
    assert "/archives/2025/12/" in html
    assert "Mars 2026" in html


@pytest.mark.parametrize(
    "path",
    ["2026/13/", "2026/00/", "2026/4/", "2026/02/", "0000/01/", "9999/12/", "2026/", "1000/01/"],
)
def test_month_without_articles_is_not_found(client, db, path):
    make_article(published_at=at(2026, 3, 10))
    assert client.get(f"/archives/{path}").status_code == 404


def test_december_ends_with_the_year():
    assert Month(2026, 12).end == at(2027, 1, 1)
    assert Month(2026, 11).end == at(2026, 12, 1)


def test_month_pages_neither_skip_nor_repeat(client, db):
    made = [make_article(published_at=at(2026, 3, 1) + timedelta(hours=n)).pk for n in range(45)]
    seen, path = [], "/archives/2026/03/"
    while path:
        page = client.get(path).context["page"]
        seen += [article.pk for article in page.items]
        make_article(published_at=at(2026, 3, 20) + timedelta(minutes=len(seen)))
        path = f"/archives/2026/03/?apres={page.older}" if page.older else ""
    assert [pk for pk in seen if pk in made] == made[::-1]
