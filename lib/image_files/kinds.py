"""Which kind of file it is, by its first bytes: its name and what the browser says do not count."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from lib.image_files import avif, jpeg, png, webp
from lib.image_files.header import Header

READERS: MappingProxyType[str, Callable[[bytes], Header]] = MappingProxyType(
    {"JPEG": jpeg.read, "PNG": png.read, "WebP": webp.read, "AVIF": avif.read}
)
SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (png.SIGNATURE, "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\1\0", "ICO"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)
SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]{0,500}>\s*){0,5}<svg[\s>]", re.IGNORECASE)
# brands of a container that may hold pictures of several kinds
AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)


def kind_of(data: bytes) -> str:
    """Return the kind, "" for what is no picture that we know."""
    for start, kind in SIGNATURES:
        if data.startswith(start):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    if SVG.match(data[:1024]):
        return "SVG"
    return _by_brands(data) if data[4:8] == b"ftyp" else ""


def _by_brands(data: bytes) -> str:
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[place : place + 4] for place in range(8, size, 4)}
    if brands & AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & HEIC_BRANDS else ""
