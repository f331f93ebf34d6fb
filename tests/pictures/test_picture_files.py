import pytest
from django.core.files.storage import default_storage

from magazine.models import SitePage
from pictures import renditions
from pictures.models import Picture
from tests.factories import make_article, make_author, make_picture


def files(picture):
    stem = picture.name.rpartition("/")
    return [
        name
        for name in default_storage.listdir(stem[0])[1]
        if name.startswith(stem[2].rpartition(".")[0])
    ]


def test_deleted_picture_leaves_no_file(editor, django_capture_on_commit_callbacks):
    picture = make_picture()
    assert len(files(picture)) == 7
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            editor.post(
                f"/admin/pictures/picture/{picture.pk}/delete/", {"post": "yes"}
            ).status_code
            == 302
        )
        assert len(files(picture)) == 7
    assert not Picture.objects.exists()
    assert files(picture) == []


def test_renditions_of_a_picture_deleted_meanwhile_are_taken_away(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    picture = make_picture()
    Picture.objects.update(widths=[])

    def slow(data, widths):
        Picture.objects.all().delete()
        yield 480, "avif", b"late"

    monkeypatch.setattr(renditions, "render_widths", slow)
    with django_capture_on_commit_callbacks(execute=True):
        assert renditions.make_renditions.func(picture.pk) == []
    assert files(picture) == []


@pytest.mark.parametrize("place", ["lead", "text", "page"])
def test_picture_that_is_shown_is_not_deleted_and_its_places_are_named(editor, place):
    picture = make_picture()
    body = f'<figure><img src="/media/{picture.name}"></figure>'
    if place == "page":
        SitePage.objects.create(title="Qui sommes-nous donc", slug="donc", body=body)
    else:
        make_article(
            title="Qui sommes-nous donc",
            **({"lead_image": picture} if place == "lead" else {"body": body}),
        )
    page = f"/admin/pictures/picture/{picture.pk}/"
    for response in (
        editor.get(page + "delete/", follow=True),
        editor.post(page + "delete/", {"post": "yes"}, follow=True),
    ):
        assert (
            "L’image ne se supprime pas tant qu’on la montre : « Qui sommes-nous donc »."
            in response.content.decode()
        )
    assert ">Qui sommes-nous donc</a>" in editor.get(page + "change/").content.decode()
    assert len(files(picture)) == 7


def test_moderator_deletes_no_picture(as_, db):
    picture = make_picture()
    moderator = as_(make_author("Verveine", member=True, role="MODERATOR"))
    assert (
        moderator.post(f"/admin/pictures/picture/{picture.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert Picture.objects.exists()
