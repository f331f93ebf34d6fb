"""Pictures that cost most to decode or to encode, and those that broke something once."""

from __future__ import annotations

import os
from collections.abc import Iterator

from PIL import Image, ImageCms

from tests import picture_files as files

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def corpus() -> Iterator[tuple[str, bytes]]:
    """Yield a name that says what is special, and the file."""
    yield from _odd()
    yield from _jpegs()
    yield from _pngs()
    yield from _others()


def _odd() -> Iterator[tuple[str, bytes]]:
    lying = files.lying()
    for seed in range(10):
        block = files.random_exif(seed)[1]
        yield f"random EXIF {seed}", files.with_segment(lying, 0xE1, block)
    yield "two JPEGs", files.mpo(lying, lying)
    yield "one JPEG and a half", files.mpo(lying, lying[:400])
    yield (
        "text of 20 MB in a PNG",
        files.with_chunk(files.lying("PNG"), b"tEXt", b"Comment\0" + b"x" * 20_000_000),
    )
    yield "GIF", files.saved(Image.new("L", (80, 80)), "GIF")
    yield "HEIC", files.container(b"heic", b"mif1")
    yield "29 MB of nothing", b"\xff\xd8\xff" + os.urandom(29 * 2**20)


def _jpegs() -> Iterator[tuple[str, bytes]]:
    yield "JPEG 48 MP", files.large("JPEG", 8000, 6000)
    yield "JPEG 48 MP, 29 MB", files.large("JPEG", 8000, 6000) + b"film" * 5_000_000
    yield "JPEG 48 MP progressive", files.large("JPEG", 8000, 6000, progressive=True)
    yield (
        "JPEG 48 MP progressive 4:4:4",
        files.large("JPEG", 8000, 6000, progressive=True, subsampling=0),
    )
    yield "JPEG 108 MP", files.large("JPEG", 12000, 9000, "L")
    yield "JPEG 23 MP, as large as is decoded whole", files.large("JPEG", 4799, 4799)
    yield "JPEG 23 MP progressive", files.large("JPEG", 4799, 4799, progressive=True)
    yield "JPEG 23 MP CMYK", files.large("JPEG", 4799, 4799, "CMYK")
    yield "JPEG 23 MP with a profile", files.large("JPEG", 4799, 4799, icc_profile=SRGB)
    yield "JPEG 12 MP turned", files.large("JPEG", 4000, 3000, exif=files.exif(6))
    yield "JPEG as wide as can be", files.large("JPEG", 65_000, 64)


def _pngs() -> Iterator[tuple[str, bytes]]:
    for bits, colour, interlaced in (
        (16, 6, 0),
        (16, 2, 1),
        (8, 6, 1),
        (8, 3, 0),
        (16, 0, 0),
        (8, 4, 0),
        (1, 0, 1),
    ):
        name = f"PNG 24 MP, {bits} bits, colour {colour}{', interlaced' * interlaced}"
        yield name, files.plain_png(6000, 4000, bits, colour, interlaced)
    yield "PNG of noise, 9 MP", files.saved(_noise(3400, 2600), "PNG", compress_level=1)
    yield (
        "PNG of noise, transparent",
        files.saved(_noise(2600, 2600, "RGBA"), "PNG", compress_level=1),
    )
    yield "PNG 24 MP with a profile", files.large("PNG", 6000, 4000, "P", icc_profile=SRGB)
    yield "PNG 169 MP", files.plain_png(13_000, 13_000)


def _others() -> Iterator[tuple[str, bytes]]:
    flat = Image.new("RGB", (7000, 3500))
    yield "WebP 24.5 MP, lossless, 1 kB", files.saved(flat, "WEBP", lossless=True)
    for mode, lossless in (("RGB", True), ("RGB", False), ("RGBA", True)):
        yield (
            f"WebP 12 MP, {mode}{', lossless' * lossless}",
            files.large("WEBP", 4000, 3000, mode, lossless=lossless, method=0),
        )
    yield (
        "WebP of noise, 10 MP, lossless",
        files.saved(_noise(3650, 2740), "WEBP", lossless=True, method=0),
    )
    for mode, subsampling in (("RGB", "4:2:0"), ("RGB", "4:4:4"), ("RGBA", "4:2:0")):
        yield (
            f"AVIF 12 MP, {mode}, {subsampling}",
            files.large("AVIF", 4000, 3000, mode, subsampling=subsampling, speed=10),
        )
    yield "AVIF 18 MP", files.large("AVIF", 5000, 3600, speed=10)


def _noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    bands = len(mode)
    return Image.frombytes(mode, (width, height), os.urandom(width * height * bands))
