"""The list of words that go together, as editors see it."""

import pytest

pytestmark = pytest.mark.django_db


def test_editor_adds_and_searches_pairs_in_french(as_, bruno):
    client, path = as_(bruno), "/admin/search/synonym/"
    form = client.get(f"{path}add/").content.decode()
    assert "à ne pas rapprocher" in form
    assert "se valent" in form
    added = client.post(f"{path}add/", {"words": "bobo", "others": "plaie", "kind": "SAME"})
    assert added.status_code == 302
    page = client.get(path).content.decode()
    assert "Mots qui vont ensemble" in page
    assert ">bobo<" in page
    assert "paires ; une paire de cette liste compte avant lui" in page
    found = " ".join(client.get(path, {"q": "Cacahuete"}).content.decode().split())
    assert "<li>cacahuète – arachide (se valent)</li>" in found
    assert "rien de tel" in client.get(path, {"q": "zzz"}).content.decode()


def test_editor_is_told_beside_the_field_what_is_wrong(as_, bruno):
    data = {"words": "douleur", "others": "douleurs", "kind": "SAME"}
    page = as_(bruno).post("/admin/search/synonym/add/", data).content.decode()
    assert "n’en font déjà qu’un" in page
