import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Source
from taxonomy.models import Tag
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_picture,
    make_rating,
    make_section,
)

URL = "http://www.rue89.com/2012/09/06/sur-twitter-la-fronde-de-medecins-20-contre-les-deserts-medicaux-235107"


@pytest.fixture
def whole(db):
    """The old page, entered whole."""
    top = make_section("Médicaments & Soins", colour="care")
    section = make_section("Les Actus", parent=top)
    body = "<p>Une étude menée en juin 2012.</p>" + "".join(
        f"<h2>Partie {n}</h2><p>Texte.</p>" for n in range(4)
    )
    article = make_article(
        section=section,
        author=make_author("Médecine-2.0", role="WRITER"),
        title="Ces médecins qui postent sur Twitter",
        kicker="Enquête",
        standfirst="Depuis sa création en 2006, le site a fait du chemin.",
        body=body,
        signature="Olivier. Pour une démocratisation de l’accès à une info santé de qualité.",
        lead_image=make_picture(),
    )
    Source.objects.create(article=article, url=URL)
    article.tags.set(Tag.objects.named(["santé publique", "réseaux sociaux"]))
    return article


def test_every_element_of_the_old_page_stands_on_the_new_one(client, whole):
    make_rating(whole, value=4)
    make_comment(whole, text="Bien vu.")
    html = client.get(whole.get_absolute_url()).content.decode()
    for element in (
        "Accueil du site",
        "Médicaments &amp; Soins",
        "Les Actus",
        "Ces médecins qui postent sur Twitter",
        "Photo\u00a0: Alice",
        "CC BY 4.0",
        "4,0",
        "1 vote",
        "1 réaction",
        "1 article (Rédacteur)",
        "note moyenne des lecteurs",
        "nombre d’articles",
        "nombre de commentaires",
        "nombre de votes",
        "Depuis sa création",
        "Olivier. Pour une démocratisation",
        URL,
        "Ces informations ne remplacent pas un avis médical",
        "santé publique",
        "Non relu par un soignant",
        "Pas de déclaration",
        "Dans cet article",
        'id="s-partie-0"',
        "Bien vu.",
    ):
        assert element in html, element


def test_byline_comes_from_one_place(client, whole):
    html = client.get(whole.get_absolute_url()).content.decode()
    assert html.count("1 article (Rédacteur)") == 2


def test_article_without_votes_says_so_and_never_zero(client, whole):
    html = client.get(whole.get_absolute_url()).content.decode()
    assert "pas encore noté" in html
    assert "0 sur 5" not in html


def test_other_words_lead_to_the_canonical_address(client, whole):
    for path in (f"/autre/article/quoi-{whole.pk}", f"/medicaments-soins/article/{whole.pk}"):
        response = client.get(path + "?x=1")
        assert response.status_code == 301
        assert response["location"] == whole.get_absolute_url() + "?x=1"


def test_draft_is_not_found(client, db):
    article = make_article(published=False)
    assert client.get(article.get_absolute_url()).status_code == 404


def test_withdrawn_article_is_gone_and_says_why(client, whole):
    publishing.withdraw(whole, actor=None, reason="La source a disparu.")
    response = client.get(whole.get_absolute_url())
    assert response.status_code == 410
    assert "La source a disparu." in response.content.decode()


def test_article_costs_at_most_eight_queries(client, whole):
    for n in range(20):
        Source.objects.create(article=whole, title=f"Source {n}")
    whole.tags.add(*Tag.objects.named(f"mot {n}" for n in range(12)))
    reader = make_author()
    parent = None
    for _n in range(60):
        parent = make_comment(whole, reader, parent=parent)
    with CaptureQueriesContext(connection) as queries:
        client.get(whole.get_absolute_url())
    assert len(queries) <= 8


def test_first_visit_leaves_nothing(client, whole):
    response = client.get(whole.get_absolute_url())
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h3>Un point</h3>" * 4, False),
        ("<h2>Une partie</h2><h3>Un point</h3>" * 3, False),
        ("<h2>Une partie</h2>" * 4, True),
    ],
)
def test_contents_are_shown_from_four_parts_on(client, db, body, shown):
    html = client.get(make_article(body=body).get_absolute_url()).content.decode()
    assert ("Dans cet article" in html) is shown
    assert html.count('class="toc__link"') == (4 if shown else 0)


def test_empty_blocks_are_not_shown(client, db):
    html = client.get(make_article(signature="", kicker="").get_absolute_url()).content.decode()
    assert "Mots-clés" not in html
    assert "Dans cet article" not in html
    assert 'class="signature"' not in html
    assert "Aucune source indiquée" in html


@pytest.mark.parametrize(
    ("interests", "detail", "shown"),
    [
        ("NONE", "", "Aucun déclaré par l’auteur"),
        ("DECLARED", "Salarié d’un laboratoire", "Salarié d’un laboratoire"),
    ],
)
def test_interests_are_told(client, db, interests, detail, shown):
    article = make_article(interests=interests, interests_detail=detail)
    assert shown in client.get(article.get_absolute_url()).content.decode()
