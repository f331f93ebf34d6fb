"""JPEG: the first picture of the file, without what cameras and programs write around it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from PIL import Image, JpegImagePlugin

from lib.image_files import exif
from lib.image_files.header import Header, Unreadable

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a segment
APPLICATION = frozenset(range(0xE0, 0xF0))
MARKER = re.compile(rb"\xff+([^\x00\xff])")
MARKER_AMONG_PIXELS = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
MAX_SEGMENTS = 10_000
# tells the decoder that the colours are YCbCr; we do not need the size and thumbnail of the file's
JFIF = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
ICC = b"ICC_PROFILE\0"


@dataclass
class _Segments:
    """What has been read so far; `kept`: the segments that the decoder needs."""

    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    profile: list[bytes] = field(default_factory=list)
    orientation: int = 1
    frame: bytes = b""
    is_progressive: bool = False
    components_of_scan: int = 0


def read(data: bytes) -> Header:
    """Read the header of the first picture; a second one behind it (MPO, gain map) is dropped.

    Raises Unreadable.
    """
    segments = _Segments()
    scan = _read_segments(data, segments)
    end, scans = _end_of_picture(data, scan)
    bare = b"".join([*segments.kept, memoryview(data)[scan:end]])
    height, width, factors = _frame(segments.frame)
    is_buffered = segments.is_progressive or segments.components_of_scan < len(factors)
    most = max(h for h, _v in factors) * max(v for _h, v in factors)
    return Header(
        kind="JPEG",
        width=width,
        height=height,
        weight=len(bare),
        cost=1 if len(factors) == 1 else 4,
        # a picture in several scans is kept whole, as coefficients of two bytes
        whole_cost=2 * sum(h * v for h, v in factors) / most if is_buffered else 0,
        divisors=(1, 2, 4, 8),
        scans=scans,
        load=lambda divisor: _loaded(bare, divisor),
        orientation=segments.orientation,
        profile=_profile(segments.profile),
    )


def _read_segments(data: bytes, segments: _Segments) -> int:
    """Read up to the first scan; return where it begins."""
    place = 2
    for _n in range(MAX_SEGMENTS):
        marker = MARKER.search(data, place)
        if marker is None or marker[1][0] == END:
            break
        code, place = marker[1][0], marker.end()
        if code in ALONE:
            continue
        end = place + int.from_bytes(data[place : place + 2], "big")
        body = data[place + 2 : end]
        if code == SCAN:
            segments.components_of_scan = body[0] if body else 0
            return place - 2
        if code in FRAMES:
            if segments.frame:
                raise Unreadable("two frames")
            segments.frame, segments.is_progressive = body, code in PROGRESSIVE
        if code not in APPLICATION and code != COMMENT:
            segments.kept.append(b"\xff" + data[place - 1 : end])
        else:
            _read_application(code, body, segments)
        place = max(end, place + 2)
    raise Unreadable("no scan")


def _read_application(code: int, body: bytes, segments: _Segments) -> None:
    if code == 0xE0 and body.startswith(b"JFIF\0"):
        segments.kept.insert(1, JFIF)
    elif code == 0xE1 and body.startswith(b"Exif\0\0") and segments.orientation == 1:
        segments.orientation = exif.orientation(body)
    elif code == 0xE2 and body.startswith(ICC):
        segments.profile.append(body)
    elif code == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:  # says how colours go
        segments.kept.append(b"\xff\xee" + (len(body) + 2).to_bytes(2, "big") + body)


def _end_of_picture(data: bytes, scan: int) -> tuple[int, int]:
    """Return where the picture ends, and in how many scans it comes."""
    place, scans = scan, 0
    while marker := MARKER_AMONG_PIXELS.search(data, place):
        code, place = marker[1][0], marker.end()
        if code == END:
            return place, scans
        if code not in ALONE:
            scans += code == SCAN
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
    return len(data), scans


def _frame(body: bytes) -> tuple[int, int, list[tuple[int, int]]]:
    """Return height, width, and the horizontal and vertical sampling factors of each component."""
    count = body[5] if len(body) > 5 else 0
    factors = [divmod(packed, 16) for packed in body[7 : 6 + 3 * count : 3]]
    if not count or len(factors) != count or not all(h and v for h, v in factors):
        raise Unreadable("no frame")
    return int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big"), factors


def _profile(pieces: list[bytes]) -> bytes | None:
    """Join the colour profile from its pieces, each with its number and how many there are."""
    found = {piece[12]: piece[14:] for piece in pieces if len(piece) > 14}
    is_whole = bool(pieces) and len(pieces[0]) > 14 and len(found) == pieces[0][13]
    return b"".join(found[n] for n in sorted(found)) if is_whole else None


def _loaded(bare: bytes, divisor: int) -> Image.Image:
    # the class itself: Image.open would look for a second picture
    image = JpegImagePlugin.JpegImageFile(io.BytesIO(bare))
    if divisor > 1:
        image.draft(None, (image.width // divisor, image.height // divisor))
    image.load()
    return image
