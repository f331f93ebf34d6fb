"""Where few articles have all the words: the nearest, in order, with what they lack."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.answering import ranking
from search.answering.nearest import nearest
from search.answering.ranking import MOST_CANDIDATES, MOST_PARTLY
from search.query import Filters, parse_query
from search.results import find
from search.spelling import unknown_words
from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section
from tests.search.plans import nodes, steps

pytestmark = pytest.mark.django_db


def near(text, **filters):
    query = parse_query(text)
    return nearest(query, Filters(**filters), unknown_words(query))


def titles(hits):
    return [hit.article.title for hit in hits]


@pytest.fixture
def articles():
    make_article(title="Le scorbut", body="<p>Une maladie des marins, sans fruits.</p>")
    make_article(title="Les marins", body="<p>Ils mangent des fruits.</p>")
    make_article(title="La marée", body="<p>Des marins et des bateaux.</p>")
    make_article(title="Le jardin", body="<p>Des roses.</p>")


def test_all_words_come_before_most_before_some(articles):
    found = near("scorbut marins fruits")
    assert titles(found.whole) == ["Le scorbut"]
    assert titles(found.partly) == ["Les marins"]  # « La marée » has too little of it
    assert found.partly[0].missing == ("scorbut",)


def test_words_that_no_article_has_are_named(articles):
    found = near("scorbut chiropracteur")
    assert titles(found.partly) == ["Le scorbut"]
    assert found.unknown == ["chiropracteur"]


def test_one_slip_is_forgiven(articles):
    assert titles(near("scrobut").whole) == ["Le scorbut"]


def test_words_of_doctors_answer_words_of_readers(articles):
    make_article(title="La pollinose", body="<p>Chaque printemps.</p>")
    assert titles(near("rhume des foins").whole) == ["La pollinose"]


def test_substance_stands_for_a_brand_that_no_article_has(articles):
    make_article(title="Le paracétamol", body="<p>Contre la fièvre.</p>")
    query = parse_query("zorbalgan")
    found = nearest(query, Filters(), unknown_words(query), ["paracétamol"])
    assert titles(found.whole) == ["Le paracétamol"]


def test_nothing_is_found_of_what_nobody_has(articles):
    found = near("chiropracteur")
    assert not found.hits
    assert found.unknown == ["chiropracteur"]


def test_filters_and_exclusion_hold(articles):
    other = make_section("Ailleurs")
    assert not near("scorbut fruits", sections=(other.pk,)).hits
    assert titles(near("marins fruits -scorbut").whole) == ["Les marins"]


def test_a_query_reads_no_more_on_a_larger_site(articles, monkeypatch):
    read = []
    candidates = ranking._candidates

    def recorded(*args):
        read.append(candidates(*args))
        return read[-1]

    monkeypatch.setattr(ranking, "_candidates", recorded)
    monkeypatch.setattr("search.fulltext.MOST_COUNTED", 40)
    query = parse_query("scorbut marins fruits inconnu")
    find(query, Filters())  # PostgreSQL asks once in ten minutes which months are the newest
    taken = []
    for _twice in range(2):
        for n in range(80):
            make_article(title=f"Les marins, {n}", body="<p>Du scorbut, des fruits.</p>")
        with steps() as counted, CaptureQueriesContext(connection) as queries:
            found = nearest(query, Filters(), {})
        assert len(queries) <= 5
        assert len(found.hits) == MOST_PARTLY
        taken.append(counted)
    assert len(read[0]) <= MOST_CANDIDATES
    assert len(read[0]) == len(read[1])
    if connection.vendor == "sqlite":
        once, twice = taken
        assert twice[0] <= 1.1 * once[0]


def test_no_part_of_the_statement_yields_more_rows_than_its_limit(articles):
    for n in range(80):
        make_article(title=f"Les marins, {n}", body="<p>Du scorbut, des fruits.</p>")
    query = parse_query("scorbut marins fruits inconnu")
    with CaptureQueriesContext(connection) as queries:
        nearest(query, Filters(), {})
    [statement] = [one["sql"] for one in queries if "MATERIALIZED" in one["sql"]]
    if connection.vendor == "postgresql":
        statement = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall()
    if connection.vendor == "postgresql":
        plan = rows[0][0][0]["Plan"]
        limited = [node["Actual Rows"] for node in nodes(plan) if node["Node Type"] == "Limit"]
        assert 0 < max(limited) <= MOST_CANDIDATES
        assert plan["Actual Rows"] <= MOST_CANDIDATES
    else:
        assert 0 < len(rows) <= MOST_CANDIDATES


def test_page_says_what_is_missing_and_names_subjects_and_people(client, articles):
    author = make_author("Alice Scorbut")
    article = make_article(title="Une vie de marin", author=author)
    article.tags.set(Tag.objects.named(["scorbut"]))
    html = client.get("/recherche", {"q": "scorbut chiropracteur"}).content.decode()
    text = html.replace("\xa0", " ").replace("\u202f", " ")
    assert "Aucun article n’a tous ces mots" in text
    assert "Aucun n’a le mot « chiropracteur »" in text
    assert "Sans : chiropracteur" in text
    assert '/mots-cles/scorbut/"' in html
    assert "alice-scorbut" in client.get("/recherche", {"q": "alice scorbut"}).content.decode()
