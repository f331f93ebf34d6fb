"""Pictures as people send them, through the forms: taken upright and bare, or refused beside the
field."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pictures import renditions
from pictures.models import Picture
from tests import picture_files as files
from tests.factories import make_article

TAKEN = {
    "turned": files.with_segment(files.lying(), 0xE1, files.exif(6)),
    "odd tags": files.with_segment(
        files.lying(),
        0xE1,
        files.exif(6, [(0x0100, 2, 6, b"\x26\0\0\0"), (files.GPS, 2, 4, b"abc\0")]),
    ),
    "random tags": files.with_segment(files.lying(), 0xE1, files.random_exif(4)[1]),
    "two pictures": files.mpo(files.lying(), files.lying()),
    "half a second": files.mpo(files.lying(), files.lying()[:300]),
    "text": files.with_chunk(files.lying("PNG"), b"tEXt", b"Comment\0" + b"x" * 2**21),
    "print": files.saved(Image.new("CMYK", (120, 90), (0, 255, 255, 0)), "JPEG"),
    "deep grey": files.saved(Image.new("I;16", (120, 90), 40_000), "PNG"),
}
REFUSED = {
    "gif": (files.saved(Image.new("L", (80, 80)), "GIF"), "GIF"),
    "heic": (files.container(b"heic", b"mif1"), "HEIC"),
    "enormous": (files.plain_png(9000, 9000), "24 au plus"),
    "damaged": (files.lying()[:600], "abîmée"),
}


def uploaded(data):
    return SimpleUploadedFile("photo.jpg", data, "image/jpeg")


@pytest.fixture
def send(editor, as_, chloe, bruno, django_capture_on_commit_callbacks):
    """Return what sends a file to the library, the profile, or an author's page."""

    def post(place, data):
        address, form = {
            "library": (
                "/admin/pictures/picture/add/",
                {"upload": uploaded(data), "alt": "", "credit": "Photo", "licence": "CC0"},
            ),
            "profile": ("/compte/profil/", {"pseudonym": "Chloé", "picture": uploaded(data)}),
            "author": (
                f"/admin/authors/author/{chloe.pk}/change/",
                {"pseudonym": "Chloé", "kind": "PERSON", "upload": uploaded(data)},
            ),
        }[place]
        with django_capture_on_commit_callbacks(execute=True):
            return as_(chloe if place == "profile" else bruno).post(address, form)

    return post


def stored(place, chloe):
    chloe.refresh_from_db()
    name = Picture.objects.get().name if place == "library" else chloe.picture.name
    with default_storage.open(name) as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("place", ["library", "profile", "author"])
@pytest.mark.parametrize("kind", TAKEN)
def test_odd_picture_is_taken_upright_and_bare(send, chloe, place, kind):
    assert send(place, TAKEN[kind]).status_code in {302, 303}
    image = stored(place, chloe)
    if place == "library":
        is_turned = kind in {"turned", "odd tags"} or (
            kind == "random tags" and files.random_exif(4)[0] > 4
        )
        assert image.size == ((90, 120) if is_turned else (120, 90))
        assert Picture.objects.get().widths
    else:
        assert image.size == (400, 400)
    assert not image.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)


@pytest.mark.parametrize("place", ["library", "profile", "author"])
@pytest.mark.parametrize("kind", REFUSED)
def test_refusal_stands_beside_the_field(send, place, kind):
    data, said = REFUSED[kind]
    response = send(place, data)
    assert response.status_code in {200, 422}
    errors = r'(?s)<(ul|p) class="[^"]*error[^"]*"[^>]*>(.*?)</\1>'
    found = re.findall(errors, response.content.decode())
    assert [text for _tag, text in found if said in text], found
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("data", "colour"),
    [(TAKEN["print"], (255, 0, 0)), (TAKEN["deep grey"], (156, 156, 156))],
)
def test_colours_of_print_and_deep_grey_are_right(send, chloe, data, colour):
    send("library", data)
    seen = stored("library", chloe).convert("RGB").getpixel((60, 45))
    assert all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True)), seen


def test_widths_that_fail_break_no_page(send, client, monkeypatch):
    def failing(_data, widths):
        raise MemoryError
        yield

    monkeypatch.setattr(renditions, "render_widths", failing)
    assert send("library", TAKEN["turned"]).status_code == 302
    picture = Picture.objects.get()
    assert picture.widths == []
    article = make_article(lead_image=picture, body=f'<img src="/media/{picture.name}" alt="">')
    html = client.get(article.get_absolute_url())
    assert html.status_code == 200
    assert picture.url in html.content.decode()
