"""WebP, by the decoder below Pillow's plugin.

The plugin keeps the decoder's canvases and the pixels twice: 16 bytes a pixel, where 12 do.
"""

from __future__ import annotations

from PIL import Image, _webp

from lib.image_files import exif
from lib.image_files.header import Header


def read(data: bytes) -> Header:
    decoder = _webp.WebPAnimDecoder(data)  # which copies them
    (width, height), _loop, _background, frames, mode = decoder.get_info()
    once = [decoder]
    return Header(
        kind="WebP",
        width=width,
        height=height,
        weight=len(data),
        cost=12,
        frames=frames,
        load=lambda _divisor: _loaded(once, mode, (width, height)),
        orientation=exif.orientation(decoder.get_chunk("EXIF") or b""),
        profile=decoder.get_chunk("ICCP"),
    )


def _loaded(once: list[_webp.WebPAnimDecoder], mode: str, size: tuple[int, int]) -> Image.Image:
    # taken out of the list, so that it is gone with its canvases when this ends
    pixels, _timestamp = once.pop().get_next()
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)
