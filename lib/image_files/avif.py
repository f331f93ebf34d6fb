"""AVIF, by the decoder below Pillow's plugin, which writes the file's EXIF anew on opening it."""

from __future__ import annotations

import re

from PIL import Image, _avif

from lib.image_files import av1
from lib.image_files.header import Header

# the description of each coded picture (AV1-ISOBMFF 2.3): two bytes, then the flags below
CODED = re.compile(rb"av1C..(.)", re.DOTALL)
DEEP, GREY, HALF_WIDTH, HALF_HEIGHT = 0x40, 0x10, 0x08, 0x04
HEAD = 2**16


def read(data: bytes) -> Header:
    decoder = _avif.AvifDecoder(data, "auto", 1)
    # how it lies is told by the file's own boxes; its EXIF does not count
    (width, height), frames, mode, profile, _exif, orientation, _xmp = decoder.get_info()
    if any(kind == b"moov" for kind, _start, _end in av1.boxes(data)):
        frames = max(frames, 2)  # a film
    said = width * height * (2 if mode.endswith("A") else 1)
    once = [decoder]
    return Header(
        kind="AVIF",
        width=width,
        height=height,
        weight=len(data),
        cost=_cost(data, mode) * max(1, av1.coded_pixels(data) / said),
        frames=frames,
        load=lambda _divisor: _loaded(once, mode, (width, height)),
        orientation=orientation,
        profile=profile or None,
    )


def _cost(data: bytes, mode: str) -> int:
    """Return bytes a pixel: planes, the same with their film grain, colours, a copy of these."""
    flags = [found[1][0] for found in CODED.finditer(data, 0, HEAD)] or [DEEP]
    planes = max(_planes(flag) for flag in flags) + mode.endswith("A")
    deep = 2 if any(flag & DEEP for flag in flags) else 1
    return int(2 * deep * planes + 2 * len(mode))


def _planes(flag: int) -> float:
    if flag & GREY:
        return 1
    return 1 + 2 / ((2 if flag & HALF_WIDTH else 1) * (2 if flag & HALF_HEIGHT else 1))


def _loaded(once: list[_avif.AvifDecoder], mode: str, size: tuple[int, int]) -> Image.Image:
    # taken out of the list, so that it is gone with its planes when this ends
    pixels, *_times = once.pop().get_frame(0)
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)
