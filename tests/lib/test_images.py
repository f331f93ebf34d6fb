import io
import struct
import zlib

import pytest
from PIL import Image

from lib.images import MAX_BYTES, clean_picture, random_name, render_widths, widths_for
from lib.refused import Refused
from tests.factories import image_bytes


def bomb(side):
    """A tiny PNG that says it is enormous."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)
        )

    packer = zlib.compressobj(9)
    row = b"\0" * ((side + 7) // 8 + 1)
    raw = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", raw)
        + chunk(b"IEND", b"")
    )


def saved(image, form, **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb(8000),
        bomb(13000),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved(Image.new("L", (80, 80)), "GIF") + b"<script>",
        image_bytes()[:4000],
        image_bytes(1, 1, "PNG"),
        b"",
        b"\xff\xd8\xff" + b"\0" * 100,
        saved(
            Image.new("RGB", (80, 80)),
            "WEBP",
            save_all=True,
            append_images=[Image.new("RGB", (80, 80), "red")],
        ),
        b"x" * (MAX_BYTES + 1),
    ],
    ids=[
        "bomb-8k",
        "bomb-13k",
        "svg",
        "gif",
        "truncated",
        "tiny",
        "empty",
        "broken",
        "animated",
        "heavy",
    ],
)
def test_hostile_files_are_refused_in_french(data):
    with pytest.raises(Refused, match="image|Image"):
        clean_picture(data)


def test_metadata_and_trailers_go():
    exif = Image.Exif()
    exif[0x010F] = "Appareil"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    cleaned = clean_picture(
        image_bytes(exif=exif.tobytes(), comment=b"secret") + b"<script>alert(1)</script>"
    )
    assert not Image.open(io.BytesIO(cleaned.data)).getexif()
    for trace in (b"Appareil", b"secret", b"<script>"):
        assert trace not in cleaned.data


def test_picture_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    cleaned = clean_picture(image_bytes(300, 200, exif=exif.tobytes()))
    assert (cleaned.width, cleaned.height) == (200, 300)


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGBA", "LA", "P", "I;16"])
def test_every_mode_is_taken(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    cleaned = clean_picture(saved(Image.new(mode, (100, 90)), form))
    assert cleaned.extension == ("webp" if mode in {"RGBA", "LA"} else "jpg")


def test_absurd_profile_is_ignored():
    assert clean_picture(image_bytes(icc_profile=b"not a profile")).width == 900


def test_large_pictures_shrink_and_squares_are_square():
    assert clean_picture(image_bytes(3000, 1000)).width == 2400
    square = clean_picture(image_bytes(900, 600), square=400)
    assert (square.width, square.height) == (400, 400)


def test_widths_climb_to_the_picture_itself():
    assert widths_for(1000) == [480, 800, 1000]
    made = {
        (width, extension)
        for width, extension, _data in render_widths(image_bytes(900, 600), widths=[480, 900])
    }
    assert made == {(480, "avif"), (480, "jpg"), (900, "avif"), (900, "jpg")}


def test_names_are_ours():
    assert random_name("pictures", "jpg").startswith("pictures/")
    assert random_name("a", "jpg") != random_name("a", "jpg")
