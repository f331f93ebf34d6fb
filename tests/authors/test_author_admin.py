import pytest
from django.contrib.admin import site
from django.test import Client

from authors.models import Author, User
from tests.factories import make_author


def superuser():
    client = Client()
    client.force_login(
        User.objects.create_superuser("chef@example.org", "x"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def test_superuser_gives_a_role(db):
    author = make_author("Chloé", member=True)
    client = superuser()
    page = f"/admin/authors/author/{author.pk}/change/"
    assert client.get(page).status_code == 200
    client.post(
        page,
        {
            "pseudonym": "Chloé",
            "kind": "PERSON",
            "granted_role": "EDITOR",
            "credentials": "",
            "biography": "",
            "signature": "",
            "website": "",
        },
    )
    author.refresh_from_db()
    assert (author.role, author.user.is_staff) == ("EDITOR", True)


def test_editor_changes_the_page_but_not_the_role(as_, bruno, chloe):
    page = f"/admin/authors/author/{chloe.pk}/change/"
    as_(bruno).post(
        page,
        {
            "pseudonym": "Chloé",
            "kind": "PERSON",
            "granted_role": "EDITOR",
            "credentials": "infirmière",
            "biography": "",
            "signature": "",
            "website": "",
        },
    )
    chloe.refresh_from_db()
    assert (chloe.role, chloe.credentials) == ("READER", "infirmière")


def test_accounts_are_listed_and_blocked(db):
    author = make_author("Denis", member=True)
    client = superuser()
    assert "Denis" in client.get("/admin/authors/user/").content.decode()
    assert client.post(f"/admin/authors/user/{author.user.pk}/change/", {}).status_code == 302
    author.user.refresh_from_db()
    assert not author.user.is_active
    assert client.get("/admin/authors/user/add/").status_code == 403


@pytest.mark.parametrize(
    ("name", "kept"),
    [("denis", "Chloé"), ("Den1s", "Chloé"), ("Comité de lecture", "Comité de lecture")],
)
def test_editor_gives_any_name_but_one_that_is_taken(as_, bruno, chloe, denis, name, kept):
    page, rest = (
        f"/admin/authors/author/{chloe.pk}/change/",
        {"kind": "PERSON", "granted_role": "READER"},
    )
    answer = as_(bruno).post(page, {"pseudonym": name, **rest})
    assert ("déjà pris" in answer.content.decode()) is (kept != name)
    chloe.refresh_from_db()
    assert chloe.pseudonym == kept


def test_two_forms_asked_for_at_once_keep_their_own_permissions(rf, bruno, chloe):
    """The fields that a form class declares are shared by all threads."""
    editor, chief = rf.get("/"), rf.get("/")
    editor.user, chief.user = bruno.user, User.objects.create_superuser("chef@example.org", "x")
    authors = site.get_model_admin(Author)
    one, other = authors.get_form(editor, chloe), authors.get_form(chief, chloe)
    assert one(instance=chloe).fields["granted_role"].disabled
    assert not other(instance=chloe).fields["granted_role"].disabled
