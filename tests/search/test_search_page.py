"""The search page and its suggestions, as readers see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lib.web.limits import Limit
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("corpus")]


def search(client, **parameters):
    return client.get("/recherche", parameters)


def titles(response):
    shown = response.context["near"].whole or response.context["page"].items
    return {hit.article.title for hit in shown}


def test_filters_narrow(client, corpus):
    quotidien = search(client, q="sommeil", rubrique="sante-au-quotidien")
    assert titles(quotidien) == {corpus["sommeil"].title, corpus["melatonine"].title}
    assert titles(search(client, q="vitamine", rubrique="sante-au-quotidien")) == {
        corpus["vitamine-c"].title
    }, "of a sub-section"
    assert titles(search(client, q="sommeil", auteur="dr sauge")) == {corpus["melatonine"].title}
    assert titles(search(client, q="sommeil", mot="ECOLE")) == {corpus["ecrans"].title}
    assert titles(search(client, q="sommeil", du="2026-02-18", au="2026-04-01")) == {
        corpus["ecrans"].title
    }
    assert titles(search(client, mot="dépistage")) == {
        corpus["sein"].title,
        corpus["hepatite"].title,
    }, "without a word"


def test_nonsense_in_filters_is_left_aside(client):
    everything = titles(search(client, q="sommeil"))
    for name in ("rubrique", "type", "depuis", "du", "au", "tri", "apres", "avant"):
        for value in ("x", "9" * 40, "2026-13-45", "\x00", "' OR 1"):
            assert titles(search(client, q="sommeil", **{name: value})) == everything, (name, value)


def test_period_ends_with_now(client):
    new = make_article(title="Du scorbut")
    assert titles(search(client, q="scorbut", depuis="30")) == {new.title}
    assert search(client, q="hépatite", depuis="30").context["count"] == 0


def test_words_are_marked_and_safe(client):
    make_article(
        title="Scorbut & <b>marins</b>",
        body="<p>"
        + "Rien ici. " * 60
        + "C’est le scorbut &lt;script&gt;alert(1)&lt;/script&gt; des marins.</p>",
    )
    html = search(client, q="scorbut marins <script>alert(2)</script>").content.decode()
    assert "<script>alert" not in html
    html = search(client, q="scorbuts marin").content.decode()
    assert "<mark>Scorbut</mark> &amp; &lt;b&gt;<mark>marins</mark>&lt;/b&gt;" in html
    assert (
        "le <mark>scorbut</mark> &lt;script&gt;alert(1)&lt;/script&gt; des <mark>marins</mark>"
        in html
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("melatonyne", "mélatonine"),
        ("vacination", "vaccination"),
        ("rougeolle", "rougeole"),
        ("migrianes", ""),
        ("migriane", "migraine"),
        ("medcin travail", "médecin travail"),
        ('"mal de doss" fièvre', '"mal de dos" fièvre'),
        ("xyzzy", ""),
    ],
)
def test_one_mistyped_letter_is_understood(client, typed, meant):
    proposal = search(client, q=typed).context["proposal"]
    assert (proposal.text if proposal else "") == meant
    if proposal:
        assert search(client, q=proposal.text).context["count"] == proposal.count > 0


def test_one_slip_finds_what_was_meant(client):
    html = search(client, q="melatonyne").content.decode()
    assert "Mélatonine" in html.replace("<mark>", "").replace("</mark>", "")
    assert "1 article répond" in html


def test_nothing_found_leads_to_subjects_and_people(client):
    html = search(client, q="chiropracteur").content.decode()
    for words in ("Aucun résultat", "Parcourez une rubrique", "Rencontrez les auteurs"):
        assert words in html, words
    assert "Comment chercher" not in html


def test_authors_and_themes_have_lists_of_their_own(client):
    html = search(client, q="médecins", type="auteurs").content.decode()
    assert "Dr Sauge" in html
    assert "Arc-en-Ciel" not in html
    html = search(client, q="saison", type="themes").content.decode()
    assert "/sante-au-quotidien/saisons/" in html
    assert "/mots-cles/saisons/" in html
    assert "1 article" in html


def test_page_says_what_it_is(client):
    html = search(client, q="vaccin").content.decode()
    assert '<link rel="canonical" href="http://localhost/recherche">' in html, (
        "robots keep one search, not one for each word"
    )
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert "2 résultats pour" in title
    assert "vaccin" in title
    assert search(client).status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "sommeil"},
        {"q": "melatonyne"},
        {"q": "médecin", "type": "auteurs"},
        {"q": "hiver", "type": "themes"},
        {},
    ],
)
def test_page_costs_few_queries(client, parameters):
    with CaptureQueriesContext(connection) as queries:
        assert search(client, **parameters).status_code == 200
    assert len(queries) <= 16, [query["sql"][:120] for query in queries]


def test_suggestions_come_at_the_same_address(client):
    ask = {"headers": {"X-Requested-With": "suggestions"}}
    response = client.get("/recherche", {"q": "mel"}, **ask)
    assert response.json() == {
        "suggestions": ["Mélatonine : pour qui, pour combien de temps"],
        "care": "",
    }
    assert "X-Requested-With" in response["Vary"]
    assert client.get("/recherche", {"q": "aller"}, **ask).json()["suggestions"] == [
        "allergie",
        "Mon fils allergique à la cantine",
    ]
    assert (
        "Santé au quotidien"
        in client.get("/recherche", {"q": "sante au"}, **ask).json()["suggestions"]
    )
    for text in ("", "a", "\x00", "le", "'", "%", "_", "\\"):
        assert client.get("/recherche", {"q": text}, **ask).json()["suggestions"] == [], text


def test_searches_are_limited_per_network(client, monkeypatch):
    monkeypatch.setattr(
        "lib.web.limits.allow", lambda scope, key, **_: Limit(scope != "search:network", 60)
    )
    response = search(client, q="vaccin")
    assert response.status_code == 429
    assert response["Retry-After"] == "60"


def test_count_is_capped_and_says_so(client, many, monkeypatch):
    monkeypatch.setattr("search.results.MOST_COUNTED", 10)
    response = search(client, q="scorbut")
    assert response.context["count"] == 10
    assert "Plus de 10 résultats" in response.content.decode()


def test_address_with_a_slash_leads_on(client, db):
    response = client.get("/recherche/", {"q": "œdème"})
    assert (response.status_code, response["Location"]) == (301, "/recherche?q=%C5%93d%C3%A8me")
    assert client.get("/en/recherche/")["Location"] == "/en/recherche"
