"""Sections move and keywords are suggested in the admin."""

from taxonomy.models import Tag
from tests.factories import make_article, make_author, make_section


def test_section_moves_in_the_admin(editor, client):
    top, child = make_section("Santé"), make_section("Sommeil")
    make_article(section=child)
    response = editor.post(
        f"/admin/taxonomy/section/{child.pk}/change/",
        {
            "name": "Sommeil",
            "parent": top.pk,
            "slug": "sommeil",
            "position": "0",
            "description": "",
            "colour": "",
        },
        follow=True,
    )
    assert "2 pages ont changé d’adresse : les anciennes y mènent." in response.content.decode()
    assert client.get("/sommeil/")["location"] == "/sante/sommeil/"
    html = editor.post(
        "/admin/taxonomy/section/add/", {"name": "Admin", "slug": "", "position": "0"}
    ).content.decode()
    assert "est une adresse du site" in html


def test_keywords_in_use_are_suggested_to_those_who_write(editor, as_, db):
    Tag.objects.named(["Écrans", "écrans et sommeil", "sel"])
    assert editor.get("/admin/articles/article/mots-cles/", {"debut": "ecr"}).json() == {
        "names": ["Écrans", "écrans et sommeil"]
    }
    assert editor.get("/admin/articles/article/mots-cles/", {"debut": "?"}).json() == {"names": []}
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    assert moderator.get("/admin/articles/article/mots-cles/", {"debut": "ecr"}).status_code == 403


def test_no_keyword_holds_a_comma(db):
    assert Tag.objects.create(name="sel, poivre").name == "sel poivre"
