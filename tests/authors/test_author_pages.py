import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from tests.factories import make_article, make_author, make_comment


def test_index_lists_those_who_have_published_by_name(client, db):
    for name in ("Zoé", "alice", "Émile"):
        make_article(author=make_author(name, role="WRITER"))
    make_author("Muette")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/auteurs/")
    assert len(queries) <= 6
    assert [author.pseudonym for author in page.context["page"].items] == ["alice", "Émile", "Zoé"]
    assert "1 article (Rédacteur)" in page.content.decode()


def test_index_is_paginated(client, db, monkeypatch):
    monkeypatch.setattr("authors.views.INDEX_SIZE", 2)
    for name in ("A", "B", "C"):
        make_article(author=make_author(name, role="WRITER"))
    first = client.get("/auteurs/")
    assert "Suivants" in first.content.decode()
    second = client.get("/auteurs/", {"apres": first.context["page"].older})
    assert [author.pseudonym for author in second.context["page"].items] == ["C"]
    assert "Précédents" in second.content.decode()


def test_reactions_of_an_author_have_their_own_pages(client, db):
    author, article = make_author("Chloé"), make_article(title="Un article commenté")
    made = [make_comment(article, author, text=f"Réaction numéro {n:02}").pk for n in range(45)]
    seen, path = [], "/auteurs/chloe/reactions/"
    while path:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path).context["page"]
        assert len(queries) <= 6
        seen += [comment.pk for comment in page.items]
        make_comment(article, author, text=f"Entre-temps {len(seen)}")
        path = f"/auteurs/chloe/reactions/?apres={page.older}" if page.older else ""
    assert [pk for pk in seen if pk in made] == made[::-1]


def test_hidden_reactions_and_those_on_withdrawn_articles_are_not_listed(client, db):
    author = make_author("Chloé")
    make_comment(make_article(), author, text="Visible et bonne")
    make_comment(make_article(), author, text="Masquée par la modération", hidden=True)
    gone = make_article()
    make_comment(gone, author, text="Sur un article retiré")
    publishing.withdraw(gone, actor=None, reason="Erreur.")
    html = client.get("/auteurs/chloe/reactions/").content.decode()
    assert "Visible et bonne" in html
    assert "Masquée" not in html
    assert "Sur un article retiré" not in html


def test_both_pages_of_an_author_lead_to_each_other(client, db):
    make_article(author=make_author("Alice", role="WRITER"))
    articles, reactions = (
        client.get("/auteurs/alice/").content.decode(),
        client.get("/auteurs/alice/reactions/").content.decode(),
    )
    assert 'href="/auteurs/alice/reactions/"' in articles
    assert '<a class="switch__link" href="/auteurs/alice/" aria-current="page">' in articles
    assert '<a class="switch__link" href="/auteurs/alice/">' in reactions
    assert "Aucune réaction pour le moment." in reactions
    assert 'rel="canonical" href="http' in reactions
    assert "/auteurs/alice/reactions/" in reactions.split('rel="canonical"')[1][:80]


@pytest.mark.parametrize("path", ["/auteurs/personne/reactions/", "/auteurs/personne/"])
def test_unknown_author_is_not_found(client, db, path):
    assert client.get(path).status_code == 404


def test_reaction_of_a_guest_name_does_not_break_the_page(client, db):
    author = make_author("Chloé")
    comment = make_comment(make_article(), author, text="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/auteurs/chloe/reactions/").content.decode()
    assert comment.html


@pytest.mark.parametrize(
    ("pseudonym", "letters"),
    [
        ("Plume-d'Oie", "PO"),
        ("alice", "A"),
        ("Élève Noël Martin", "ÉN"),
        ("L’Une", "U"),
        ("D", "D"),
        ("李伟", "李"),
        ("Médecine-2.0", "M2"),
    ],
)
def test_author_without_a_picture_has_a_monogram(client, db, pseudonym, letters):
    author = make_author(pseudonym, role="WRITER")
    html = client.get(make_article(author=author).get_absolute_url()).content.decode()
    assert f">{letters}</text>" in html
    assert f">{letters}</text>" in client.get(author.get_absolute_url()).content.decode()
