import pytest

from lib.refused import Refused
from redirects.models import Redirect
from taxonomy import moving, sections
from taxonomy.models import Section
from tests.factories import make_article, make_section


@pytest.fixture
def tree(db):
    top = make_section("Santé")
    child = make_section("Sommeil", parent=top)
    return top, child, make_section("Autre")


def test_moved_section_takes_everything_along(client, tree):
    top, child, other = tree
    article = make_article(section=child)
    old = article.get_absolute_url()
    moving.move(child, parent=other, slug="nuits")
    article.refresh_from_db()
    assert article.get_absolute_url() == f"/autre/nuits/article/{article.slug}-{article.pk}"
    for path, new in ((old, article.get_absolute_url()), ("/sante/sommeil/", "/autre/nuits/")):
        response = client.get(path)
        assert (response.status_code, response["location"]) == (301, new)


def test_moving_the_top_moves_its_descendants(tree):
    top, child, _other = tree
    moving.move(top, parent=None, slug="bien-vivre")
    child.refresh_from_db()
    assert child.path == "bien-vivre/sommeil"


def test_redirects_make_no_chain_and_no_loop(client, tree):
    top, _child, _other = tree
    moving.move(top, parent=None, slug="b")
    moving.move(top, parent=None, slug="c")
    assert client.get("/sante/")["location"] == "/c/"
    moving.move(top, parent=None, slug="sante")
    assert client.get("/sante/").status_code == 200
    assert client.get("/b/")["location"] == "/sante/"
    assert not Redirect.objects.filter(old_path="/sante/").exists()


@pytest.mark.parametrize(
    "slug",
    [
        "admin",
        "compte",
        "auteurs",
        "mots-cles",
        "reactions",
        "article",
        "healthz",
        "media",
        "a-propos",
    ],
)
def test_words_of_the_site_are_reserved(db, slug):
    assert moving.refusal(Section(name="x"), parent=None, slug=slug)


def test_section_cannot_pass_below_itself_nor_too_deep(tree):
    top, child, other = tree
    assert "sous elle-même" in moving.refusal(top, parent=child, slug="x")
    deep = make_section("Trois", parent=child)
    assert "trois niveaux" in moving.refusal(Section(name="x"), parent=deep, slug="x")
    assert "trois niveaux" in moving.refusal(top, parent=other, slug="x")
    with pytest.raises(Refused):
        moving.move(top, parent=child, slug="x")


def test_address_is_taken_once(tree):
    top, _child, _other = tree
    assert "déjà cette adresse" in moving.refusal(Section(name="x"), parent=top, slug="sommeil")


def test_tree_and_trail(tree):
    top, child, _other = tree
    tops = sections.tree()
    assert [section.name for section in tops] == ["Autre", "Santé"]
    assert sections.trail(child, tops) == [top, child]
    assert sections.trail(Section(path="rien"), tops) == []


@pytest.mark.parametrize("typed", ["Sante_Publique", "SANTE-PUBLIQUE", "sante_publique"])
def test_word_of_an_address_is_written_as_addresses_are(client, editor, typed):
    sent = {"name": "Santé", "slug": typed, "position": "1"}
    assert editor.post("/admin/taxonomy/section/add/", sent).status_code == 302
    assert Section.objects.get().path == "sante-publique"
    assert client.get("/sante-publique/").status_code == 200


def test_capitals_take_no_word_of_the_site(editor, db):
    sent = {"name": "Santé", "slug": "Admin", "position": "1"}
    assert (
        "est une adresse du site"
        in editor.post("/admin/taxonomy/section/add/", sent).content.decode()
    )
