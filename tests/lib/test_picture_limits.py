"""What a picture may weigh and take in memory, told before it is decoded."""

import io
import re
import struct
import threading
import weakref
from dataclasses import replace

import pytest
from django.conf import settings
from PIL import Image

from lib import images
from lib.image_files import av1, limits, pixels
from lib.image_files.kinds import READERS, kind_of
from lib.images import PictureFormField, clean_picture
from lib.refused import Refused
from tests import picture_files as files

WANTED = (2400, 2400)


def header_of(data):
    return READERS[kind_of(data)](data)


def refusal_of(data, **options):
    with pytest.raises(Refused) as refused:
        clean_picture(data, **options)
    return str(refused.value)


def flat(form, width, height, mode="L", **options):
    return files.saved(Image.new(mode, (width, height)), form, **options)


def test_twenty_megabytes_from_a_phone_are_taken_and_reduced():
    cleaned = clean_picture(flat("JPEG", 8000, 6000) + b"a film of two seconds" * 10**6)
    assert (cleaned.width, cleaned.height) == (2400, 1800)


@pytest.mark.parametrize("colours", ["RGB", "CMYK", "L"])
@pytest.mark.parametrize("side", [2400, 400])
def test_large_jpeg_is_decoded_at_a_part_of_its_size(colours, side):
    header = header_of(flat("JPEG", 5000, 2000, colours))
    assert header.largest_divisor(side, side * 2 // 5) == {2400: 2, 400: 8}[side]
    assert header.load(8).size == (625, 250)


def test_size_is_kept_where_decoding_small_would_lose_it():
    header = header_of(flat("JPEG", 4799, 100))
    assert header.largest_divisor(2400, 50) == 1


@pytest.mark.parametrize(
    ("options", "bytes_a_pixel"),
    [
        ({}, 0),
        ({"progressive": True}, 3),
        ({"progressive": True, "subsampling": 0}, 6),
        ({"progressive": True, "subsampling": 1}, 4),
    ],
)
def test_jpeg_in_several_scans_counts_its_coefficients(options, bytes_a_pixel):
    assert header_of(flat("JPEG", 100, 100, "RGB", **options)).whole_cost == bytes_a_pixel


def test_heavy_file_is_told_its_weight_and_the_limit():
    for refusal in (
        refusal_of(b"\xff\xd8\xff" + b"x" * limits.MAX_BYTES),
        refusal_of(io.BytesIO(b"x" * (limits.MAX_BYTES + 1))),
    ):
        assert "pèse 30,1 Mo : 30 Mo au plus" in refusal


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (flat("WEBP", 7000, 3500, lossless=True), "24,5 millions : une image WebP .* 12,. au plus"),
        (flat("PNG", 6001, 4000), "24,1 millions : une image PNG .* 24 au plus"),
        (files.plain_png(13000, 13000), "169 millions : une image PNG .* 24 au plus"),
        (flat("JPEG", 16000, 12501), "200,1 millions : 200 au plus"),
        (flat("JPEG", 63, 900), "au moins 64 points"),
    ],
    ids=["webp", "png", "bomb", "jpeg", "small"],
)
@pytest.mark.parametrize("square", [None, 400])
def test_limit_that_was_passed_is_told(data, said, square):
    assert re.search(said, refusal_of(data, square=square))


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("WEBP", {"lossless": True}),
        ("AVIF", {"speed": 10, "subsampling": "4:4:4"}),
        ("JPEG", {"progressive": True}),
    ],
)
def test_memory_that_was_passed_is_told_as_a_size_that_is_taken(form, options, monkeypatch):
    monkeypatch.setattr(limits, "MEMORY", 4 * 2**20)
    refusal = refusal_of(flat(form, 1600, 1200, "RGB", **options))
    assert "ou enregistrez-la en JPEG" in refusal
    less = tuple(map(int, re.search(r"Réduisez-la à (\d+) × (\d+) points", refusal).groups()))
    assert 600 < less[0] < 1600
    assert clean_picture(flat(form, *less, "RGB", **options))


def test_other_formats_are_taken_up_to_24_megapixels():
    for data in (files.plain_png(6000, 4000, 16, 2), files.plain_png(4000, 6000, 8, 6)):
        limits.judge(header_of(data), 64)
        assert limits.divisor_for(header_of(data), WANTED) == 1
    assert clean_picture(files.plain_png(6000, 4000, colour=3)).width == 2400


def test_photo_of_twelve_megapixels_is_taken_in_every_format():
    for form, options in (("WEBP", {"lossless": True}), ("AVIF", {"speed": 10}), ("PNG", {})):
        header = header_of(flat(form, 4032, 3024, "RGB", **options))
        assert limits.divisor_for(header, WANTED) == 1


def test_progressive_photo_is_taken_smaller_where_memory_wants_it(monkeypatch):
    monkeypatch.setattr(limits, "MEMORY", 20 * 2**20)
    cleaned = clean_picture(flat("JPEG", 2400, 1800, "RGB", progressive=True))
    assert (cleaned.width, cleaned.height) == (1200, 900)


def test_jpeg_of_endless_scans_is_refused():
    data = flat("JPEG", 100, 100, progressive=True)
    scan = data.index(b"\xff\xda")
    last = data[scan : data.index(b"\xff", scan + 2)]
    assert "64 au plus" in refusal_of(data[:-2] + last * 100 + data[-2:])


def test_transparent_pictures_stay_below_what_webp_can_encode():
    cleaned = clean_picture(flat("PNG", 2400, 2400, "RGBA"))
    assert cleaned.width == cleaned.height == 1897
    assert clean_picture(flat("PNG", 3000, 1000, "RGBA")).width == 2400


def test_one_picture_at_a_time_is_decoded(monkeypatch):
    inside, most = [], []
    decoded = images._decoded

    def watched(header, wish):
        inside.append(1)
        most.append(len(inside))
        try:
            return decoded(header, wish)
        finally:
            inside.pop()

    monkeypatch.setattr(images, "_decoded", watched)
    data = files.lying()
    threads = [threading.Thread(target=clean_picture, args=[data]) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_whoever_waits_too_long_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(images, "PATIENCE_SECONDS", 0.01)
    with images._one_at_a_time:
        assert "dans une minute" in refusal_of(files.lying())
    assert clean_picture(files.lying()).width == 120


def test_refused_picture_stays_in_no_traceback():
    with pytest.raises(Refused) as refused:
        clean_picture(files.lying()[:500])
    assert refused.value.__context__ is None


def test_fields_say_the_limit_that_holds():
    from articles.admin.forms import ArticleForm
    from authors.forms import ProfileForm
    from pictures.admin import PictureForm

    told = [
        field.help_text
        for form in (ArticleForm, ProfileForm, PictureForm)
        for field in form.base_fields.values()
        if isinstance(field, PictureFormField)
    ]
    assert len(told) == 3
    assert all(f"{limits.MAX_BYTES // 2**20} Mo au plus" in str(text) for text in told)


def test_proxy_lets_through_what_the_site_takes():
    text = (settings.BASE_DIR / "deploy/nginx/carevox.conf").read_text()
    allowed = int(re.search(r"client_max_body_size (\d+)m;", text)[1]) * 2**20
    assert allowed >= limits.MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_size_that_an_avif_says_does_not_hide_the_size_of_its_picture(mode, monkeypatch):
    data = flat("AVIF", 1000, 800, mode, speed=10)
    assert clean_picture(data).width == 1000
    place = data.index(b"ispe") + 8
    lie = data[:place] + struct.pack(">II", 100, 80) + data[place + 8 :]
    monkeypatch.setattr(limits, "MEMORY", 2**20)
    assert clean_picture(flat("AVIF", 100, 80, mode)).width == 100
    assert "au plus" in refusal_of(lie)


def test_size_of_an_avif_is_read_from_long_headers_too():
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "blue")]
    film = files.saved(frames[0], "AVIF", save_all=True, append_images=frames[1:])
    assert av1.coded_pixels(film) == 300 * 200


def test_avif_that_cannot_be_followed_is_refused():
    data = flat("AVIF", 100, 80, "RGB")
    for name in (b"iloc", b"iinf", b"infe", b"av01"):
        assert "abîmée" in refusal_of(data.replace(name, b"free"))


def test_decoded_picture_is_gone_before_the_small_one_is_made(monkeypatch):
    header = header_of(files.lying("PNG"))
    decoded, seen = [], []
    shortened = pixels.shortened

    def load(divisor):
        image = header.load(divisor)
        decoded.append(weakref.ref(image))
        return image

    def watched(narrow, height):
        seen.append(decoded[0]())
        return shortened(narrow, height)

    monkeypatch.setattr(pixels, "shortened", watched)
    images._decoded(replace(header, load=load), images._Wish(60, 10, None))
    assert seen == [None]
