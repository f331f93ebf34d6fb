"""PNG: the still picture of the file, without its texts."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

from lib.image_files import exif
from lib.image_files.header import Header, Unreadable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
MAX_CHUNKS = 500_000  # a quarter of a second
MAX_PROFILE = 4 * 2**20
GREY, PALETTE = 0, 3  # kinds of colour; all others are decoded to four bytes


def read(data: bytes) -> Header:
    """Raises Unreadable."""
    kept, rest = [SIGNATURE], dict[bytes, bytes]()
    for name, body, chunk in _chunks(data):
        if name in KEPT:
            kept.append(chunk)
        else:
            rest.setdefault(name, body)
    first = kept[1] if len(kept) > 1 else b""
    if first[:8] != b"\0\0\0\x0dIHDR" or len(first) != 25:
        raise Unreadable("no header")
    width, height, bits, colour = struct.unpack_from(">IIBB", first, 8)
    bare = b"".join(kept)
    return Header(
        kind="PNG",
        width=width,
        height=height,
        weight=len(bare),
        cost=(2 if bits == 16 else 1) if colour in {GREY, PALETTE} else 4,
        frames=int.from_bytes(rest.get(b"acTL", b"\0\0\0\1")[:4], "big"),
        load=lambda _divisor: _loaded(bare),
        orientation=exif.orientation(rest.get(b"eXIf", b"")),
        profile=_profile(rest.get(b"iCCP", b"")),
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield name, body and whole of each chunk that is there in full."""
    place = len(SIGNATURE)
    for _n in range(MAX_CHUNKS):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        name = data[place + 4 : place + 8]
        if end > len(data):
            # the decoder shall see that something is missing
            yield name, b"", data[place:]
            return
        yield name, data[place + 8 : end - 4], data[place:end]
        if name == b"IEND":
            return
        place = end
    raise Unreadable("too many pieces")


def _profile(body: bytes) -> bytes | None:
    """Return the colour profile, which stands packed behind its name and a byte."""
    _name, _zero, packed = body.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], MAX_PROFILE) or None
    except zlib.error:
        return None


def _loaded(bare: bytes) -> Image.Image:
    image = PngImagePlugin.PngImageFile(io.BytesIO(bare))
    image.load()
    return image
