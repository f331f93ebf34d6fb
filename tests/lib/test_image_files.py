"""What cameras, programs and attackers write into files of pictures."""

import contextlib
import io
import random
import struct

import pytest
from PIL import Image

from lib.image_files import exif as exif_reader
from lib.images import clean_picture
from lib.refused import Refused
from tests import picture_files as files

# form -> how an EXIF block gets into the file
CARRIERS = {
    "JPEG": lambda block: files.with_segment(files.lying(), 0xE1, block),
    "PNG": lambda block: files.with_chunk(files.lying("PNG"), b"eXIf", block[6:]),
    "WEBP": lambda block: files.lying("WEBP", exif=block),
}
# orientation -> size, and the corner where red begins
UPRIGHT = {
    1: ((120, 90), (5, 45)),
    2: ((120, 90), (115, 45)),
    3: ((120, 90), (115, 45)),
    4: ((120, 90), (5, 45)),
    5: ((90, 120), (45, 5)),
    6: ((90, 120), (45, 5)),
    7: ((90, 120), (45, 115)),
    8: ((90, 120), (45, 115)),
}


def opened(cleaned):
    return Image.open(io.BytesIO(cleaned.data))


def is_upright(cleaned, orientation):
    size, red = UPRIGHT[orientation]
    image = opened(cleaned).convert("RGB")
    r, _g, b = image.getpixel(red)
    return image.size == size and r > 200 and b < 60


def hidden_data(cleaned):
    """Return what the new file says beside its pixels."""
    image = opened(cleaned)
    allowed = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    animation = {"loop", "background", "timestamp", "duration"}  # what Pillow adds to a WebP
    return set(image.info) - allowed - animation | set(image.getexif())


@pytest.mark.parametrize("form", CARRIERS)
def test_picture_is_turned_upright_whatever_else_its_exif_says(form):
    for seed in range(100):
        orientation, block = files.random_exif(seed)
        cleaned = clean_picture(CARRIERS[form](block))
        assert is_upright(cleaned, orientation), seed
        assert not hidden_data(cleaned), seed


@pytest.mark.parametrize("kind", [1, 3, 4])
@pytest.mark.parametrize("order", "<>")
def test_orientation_is_read_from_any_whole_number(kind, order):
    number = struct.pack(f"{order}{exif_reader.NUMBERS[kind]}", 6).ljust(4, b"\0")
    entry = struct.pack(f"{order}HHI", files.ORIENTATION, kind, 1) + number
    mark = b"II*\0" if order == "<" else b"MM\0*"
    block = mark + struct.pack(f"{order}IH", 8, 1) + entry
    assert exif_reader.orientation(block) == exif_reader.orientation(b"Exif\0\0" + block) == 6


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"Exif\0\0",
        b"Exif\0\0II*\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
        files.exif(0),
        files.exif(9),
        files.exif(6)[:20],
        files.exif(6).replace(b"II*", b"XX*"),
    ],
)
def test_block_without_sense_turns_nothing(block):
    assert exif_reader.orientation(block) == 1
    for carried in CARRIERS.values():
        assert is_upright(clean_picture(carried(block)), 1)


def test_avif_lies_as_its_boxes_say():
    image = Image.open(io.BytesIO(files.lying("PNG")))
    block = Image.Exif()
    block[files.ORIENTATION] = 6
    assert is_upright(clean_picture(files.saved(image, "AVIF", exif=block)), 6)


def test_avif_with_broken_exif_is_taken():
    block = Image.Exif()
    block[0x010F] = "Appareil"
    whole = files.lying("AVIF", exif=block)
    start = whole.index(b"\0*\0\0\0\x08") + 6
    for seed in range(50):
        broken = whole[:start] + random.Random(seed).randbytes(12) + whole[start + 12 :]
        assert is_upright(clean_picture(broken), 1)


@pytest.mark.parametrize("kept", [1.0, 0.5, 0.01, 0.0])
def test_second_picture_in_a_jpeg_is_dropped(kept):
    second = files.saved(Image.new("RGB", (300, 300)), "JPEG")
    cleaned = clean_picture(
        files.mpo(files.lying(), second)[: int(-len(second) * (1 - kept)) or None]
    )
    assert is_upright(cleaned, 1)
    assert not hidden_data(cleaned)


@pytest.mark.parametrize(
    "trailer", [b"\0" * 9, b"<script>", b"\xff\xd8\xff\xe0", b"\0\0\0\x18ftypmp42"]
)
def test_what_stands_behind_a_jpeg_is_dropped(trailer):
    assert is_upright(clean_picture(files.lying() + trailer * 1000), 1)


@pytest.mark.parametrize("code", [0xE0, 0xE1, 0xE2, 0xE3, 0xEC, 0xED, 0xEE, 0xEF, 0xFE])
def test_odd_segments_of_a_jpeg_stop_nothing(code):
    bodies = [
        b"",
        b"JFIF",
        b"JFIF\0",
        b"Adobe",
        b"Adobe\0d\0\0\0\0\0",
        b"Exif\0\0",
        b"ICC_PROFILE\0",
        b"ICC_PROFILE\0\x01\x02abc",
        b"MPF\0",
        b"MPF\0II*\0\xff\xff\xff\xff",
        b"Photoshop 3.0\x008BIM\x03\xed",
        b"http://ns.adobe.com/xap/1.0/\x00<x",
        b"http://ns.adobe.com/xmp/extension/\0" + b"x" * 65000,
    ]
    for body in bodies:
        cleaned = clean_picture(files.with_segment(files.lying(), code, body))
        assert opened(cleaned).size == (120, 90), body
        assert not hidden_data(cleaned)


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"pHYs", b"caBX", b"iCCP"])
@pytest.mark.parametrize(
    "body", [b"", b"Comment\0" + b"x" * 2**21, b"\0\0\0", b"a\0\0" + b"\x78\x9c" * 9]
)
def test_texts_of_a_png_are_dropped_whatever_they_weigh(kind, body):
    cleaned = clean_picture(files.with_chunk(files.lying("PNG"), kind, body))
    assert is_upright(cleaned, 1)
    assert len(cleaned.data) < 20_000


def test_frames_are_counted_where_a_format_moves():
    frames = [Image.new("RGB", (80, 80), colour) for colour in ("red", "blue")]
    for form in ("PNG", "WEBP", "AVIF"):
        moving = files.saved(frames[0], form, save_all=True, append_images=frames[1:])
        with pytest.raises(Refused, match="animées"):
            clean_picture(moving)
    one = files.with_chunk(files.lying("PNG"), b"acTL", struct.pack(">II", 1, 0))
    assert is_upright(clean_picture(one), 1)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (files.saved(Image.new("L", (80, 80)), "GIF"), "GIF.*PNG"),
        (files.container(b"heic", b"mif1", b"heic"), "HEIC.*JPEG.*iPhone"),
        (files.container(b"mif1", b"mif1", b"heic"), "HEIC"),
        (files.container(b"msf1", b"hevc"), "HEIC"),
        (files.saved(Image.new("L", (80, 80)), "TIFF"), "TIFF.*JPEG"),
        (files.saved(Image.new("L", (80, 80)), "BMP"), "BMP.*JPEG"),
        (files.saved(Image.new("L", (80, 80)), "ICO"), "ICO.*PNG"),
        (b"II+\0\x08\0", "TIFF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG.*PNG"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg>', "SVG"),
        (b"<html><svg>", "n’est pas une image lisible"),
        (b"%PDF-1.7", "PDF.*JPEG"),
        (files.container(b"mp42", b"isom"), "n’est pas une image lisible"),
        (b"\x89PNG\r\n\x1a\n", "abîmée"),
        (b"RIFF\0\0\0\0WEBP", "abîmée"),
        (files.container(b"avif", b"mif1"), "abîmée"),
    ],
)
def test_other_files_are_named_with_what_to_do(data, named):
    with pytest.raises(Refused, match=named):
        clean_picture(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_damaged_files_are_refused_and_raise_nothing_else(form):
    whole = files.lying(form)
    dice = random.Random(form)
    for _n in range(100):
        data = bytearray(whole)
        for _m in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        with contextlib.suppress(Refused):
            assert not hidden_data(clean_picture(bytes(data)))
