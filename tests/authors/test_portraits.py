import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import image_bytes


def upload():
    return SimpleUploadedFile("moi.jpg", image_bytes(), content_type="image/jpeg")


@pytest.fixture
def send(as_, bruno, chloe, django_capture_on_commit_callbacks):
    """Return what sends the form of Chloé's portrait and gives the name of her file back.

    It is sent by herself or by an editor.
    """

    def post(who, **data):
        shared = {"pseudonym": "Chloé", "biography": "", "signature": "", "website": ""}
        with django_capture_on_commit_callbacks(execute=True):
            if who == "member":
                data = {
                    "picture" if name == "upload" else name: value for name, value in data.items()
                }
                response = as_(chloe).post("/compte/profil/", {**shared, **data})
            else:
                response = as_(bruno).post(
                    f"/admin/authors/author/{chloe.pk}/change/",
                    {**shared, "kind": "PERSON", "credentials": "", **data},
                )
        assert response.status_code in {302, 303}
        chloe.refresh_from_db()
        return chloe.picture.name

    return post


@pytest.mark.parametrize("who", ["member", "editor"])
def test_former_portrait_is_deleted_when_it_is_replaced_or_removed(send, who):
    first = send(who, upload=upload())
    assert default_storage.exists(first)
    second = send(who, upload=upload())
    assert default_storage.exists(second)
    assert not default_storage.exists(first)
    assert send(who) == second
    assert default_storage.exists(second)
    assert not send(who, remove_picture="on")
    assert not default_storage.exists(second)


def test_refused_profile_keeps_the_portrait_and_leaves_no_file(send, as_, chloe, denis):
    name = send("member", upload=upload())
    folders = default_storage.listdir("authors")[0]
    assert (
        as_(chloe)
        .post(
            "/compte/profil/", {"pseudonym": "Denis", "picture": upload(), "remove_picture": "on"}
        )
        .status_code
        == 422
    )
    assert default_storage.exists(name)
    assert default_storage.listdir("authors")[0] == folders


def test_editor_sees_the_portrait(send, as_, bruno, chloe):
    name = send("editor", upload=upload())
    assert (
        f'src="/media/{name}"'
        in as_(bruno).get(f"/admin/authors/author/{chloe.pk}/change/").content.decode()
    )
