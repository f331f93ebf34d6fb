"""Files of pictures as phones, cameras, programs and attackers make them."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image

ORIENTATION, GPS, EXIF_FOLDER = 0x0112, 0x8825, 0x8769
TAGS = (0x0100, 0x010F, 0x011A, 0x0128, 0x0132, 0x0201, 0x9286, 0xC4A5, GPS, EXIF_FOLDER, 0xA005)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def lying(form: str = "JPEG", **options: object) -> bytes:
    """A picture of 120 × 90: red on the left, blue on the right."""
    image = Image.new("RGB", (120, 90), "blue")
    image.paste("red", (0, 0, 60, 90))
    return saved(image, form, **options)


def exif(orientation: int, rest: list[tuple[int, int, int, bytes]] = (), order: str = "<") -> bytes:
    """A block with the orientation behind the other entries: (tag, type, count, four bytes)."""
    entries = [
        *rest,
        (ORIENTATION, 3, 1, struct.pack(f"{order}HH", orientation, 0)),
    ]
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return (
        b"Exif\0\0"
        + mark
        + struct.pack(f"{order}IH", 8, len(entries))
        + b"".join(struct.pack(f"{order}HHI", *entry[:3]) + entry[3] for entry in entries)
        + struct.pack(f"{order}I", random.Random(len(entries)).choice([0, 8, 2**32 - 1]))
    )


def random_exif(seed: int) -> tuple[int, bytes]:
    """An orientation and a block that says it among entries of no sense."""
    dice = random.Random(seed)
    orientation = dice.randint(1, 8)
    entries = [
        (
            dice.choice([*TAGS, dice.randrange(2**16)]) or 1,
            dice.choice([*range(1, 14), dice.randrange(2**16)]),
            dice.choice([0, 1, 2, 4, 100, 2**16, 2**31, 2**32 - 1]),
            dice.choice([dice.randbytes(4), struct.pack("<I", dice.randrange(80)), b"\xff" * 4]),
        )
        for _n in range(dice.randint(1, 12))
    ]
    entries = [entry for entry in entries if entry[0] != ORIENTATION]
    return orientation, exif(orientation, entries, dice.choice("<>")) + dice.randbytes(
        dice.choice([0, 3, 60])
    )


def with_segment(jpeg: bytes, code: int, body: bytes) -> bytes:
    """The JPEG with one more segment at its head."""
    return jpeg[:2] + bytes([0xFF, code]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def mpo(first: bytes, second: bytes) -> bytes:
    """Two JPEGs in one file, as phones and stereo cameras write them."""
    index = (
        b"MPF\0II*\0"
        + struct.pack("<IH", 8, 3)
        + struct.pack("<HHI4s", 0xB000, 7, 4, b"0100")
        + struct.pack("<HHII", 0xB001, 4, 1, 2)
        + struct.pack("<HHII", 0xB002, 7, 32, 50)
        + struct.pack("<I", 0)
        + struct.pack("<IIIHH", 0x30000, len(first), 0, 0, 0)
        + struct.pack("<IIIHH", 0, len(second), len(first), 0, 0)
    )
    return with_segment(first, 0xE2, index) + second


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    """The PNG with one more chunk behind its header."""
    return png[:33] + png_chunk(kind, body) + png[33:]


def plain_png(
    width: int, height: int, bits: int = 1, colour: int = 0, interlaced: int = 0
) -> bytes:
    """A PNG of one colour, tiny however large it says it is."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer = zlib.compressobj(9)
    row = b"\0" * ((width * bits * channels + 7) // 8 + 1)
    # Adam7 has up to seven filter bytes more for each eight rows
    rows = height if not interlaced else height * 2
    raw = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    palette = png_chunk(b"PLTE", bytes(range(6))) if colour == 3 else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + palette
        + png_chunk(b"IDAT", raw)
        + png_chunk(b"IEND", b"")
    )


def container(*brands: bytes) -> bytes:
    """The head of a file of the family of HEIC and AVIF."""
    body = brands[0] + b"\0\0\0\0" + b"".join(brands)
    return struct.pack(">I", len(body) + 8) + b"ftyp" + body + b"\0" * 200


def large(form: str, width: int, height: int, mode: str = "RGB", **options: object) -> bytes:
    """A picture with some drawing in it, cheap to make."""
    tile = Image.effect_noise((256, 256), 60)
    image = Image.merge("RGB", (tile, tile.rotate(90), tile.rotate(180))).resize((width, height))
    return saved(image.convert(mode), form, **options)
