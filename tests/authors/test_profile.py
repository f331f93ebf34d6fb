"""Members edit what readers see of them."""

import re

import pytest

from authors.models import Author, User
from tests.factories import PASSWORD, make_author


def test_profile_is_edited(as_, chloe):
    client = as_(chloe)
    response = client.post(
        "/compte/profil/",
        {
            "pseudonym": "Chloé B.",
            "biography": "Une\u202e vie.",
            "signature": "",
            "website": "https://example.org",
        },
    )
    assert response.status_code == 303
    chloe.refresh_from_db()
    assert (chloe.pseudonym, chloe.biography, chloe.slug) == ("Chloé B.", "Une vie.", "chloe")


@pytest.mark.parametrize(
    "name", ["Comité de rédaction 1", "Un nom bien plus long que quarante caractères"]
)
def test_profile_with_a_name_from_the_house_is_still_edited(as_, name):
    author = make_author(name, member=True)
    assert (
        as_(author)
        .post("/compte/profil/", {"pseudonym": name, "biography": "Nous relisons."})
        .status_code
        == 303
    )
    assert Author.objects.get().biography == "Nous relisons."
    assert (
        as_(author).post("/compte/profil/", {"pseudonym": "Comité de rédaction 2"}).status_code
        == 422
    )


def test_bad_profile_keeps_what_was_typed(as_, chloe, denis):
    response = as_(chloe).post(
        "/compte/profil/",
        {"pseudonym": "denis", "biography": "Gardée", "website": "pas une adresse"},
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "déjà pris" in html
    assert "Gardée" in html
    chloe.refresh_from_db()
    assert chloe.pseudonym == "Chloé"


def test_profile_waits_while_its_author_signs_in(client, chloe):
    answer = client.post(
        "/compte/profil/", {"pseudonym": "Chloé B.", "biography": "À ne pas perdre.", "website": ""}
    )
    assert (answer.status_code, answer["location"]) == (303, "/compte/login/?next=/compte/profil/")
    client.force_login(chloe.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get("/compte/profil/").content.decode()
    assert 'value="Chloé B."' in html
    assert "À ne pas perdre.</textarea>" in html
    assert (
        client.post(
            "/compte/profil/", {"pseudonym": "Chloé B.", "biography": "Gardée."}
        ).status_code
        == 303
    )
    assert "Gardée.</textarea>" in client.get("/compte/profil/").content.decode()


def test_picture_is_cut_square_and_removed(as_, chloe):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.factories import image_bytes

    client = as_(chloe)
    upload = SimpleUploadedFile("../../moi.jpg", image_bytes(), content_type="image/jpeg")
    assert (
        client.post("/compte/profil/", {"pseudonym": "Chloé", "picture": upload}).status_code == 303
    )
    chloe.refresh_from_db()
    assert re.fullmatch(r"authors/[0-9a-f]{2}/[0-9a-f]{32}\.jpg", chloe.picture.name)
    assert (
        client.post("/compte/profil/", {"pseudonym": "Chloé", "remove_picture": "on"}).status_code
        == 303
    )
    chloe.refresh_from_db()
    assert not chloe.picture
    bad = SimpleUploadedFile("x.jpg", b"<svg/>", content_type="image/jpeg")
    response = client.post("/compte/profil/", {"pseudonym": "Chloé", "picture": bad})
    assert response.status_code == 422
    assert "n’est pas une image lisible" in response.content.decode()


def test_account_without_author_has_a_page(client, db):
    user = User.objects.create_user("chef@example.org", PASSWORD)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/compte/profil/").status_code == 404
    assert user.get_short_name() == "sans pseudonyme"
