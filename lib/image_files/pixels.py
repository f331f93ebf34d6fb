"""What is done with pixels: made smaller, turned, brought to sRGB."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BAND = 64  # rows


def has_alpha(image: Image.Image) -> bool:
    is_deep_grey = image.mode == "I;16"  # whose one transparent shade is not kept
    return image.mode in {"RGBA", "LA"} or ("transparency" in image.info and not is_deep_grey)


def narrowed(image: Image.Image, width: int, box: tuple[int, int, int, int]) -> Image.Image:
    """Return the box of the picture at this width, its height as it was, ready for `shortened`.

    Band by band it is brought to its width and to L, RGB, CMYK, or RGBa with colours weighed by
    how much they cover: so it is never there twice, and what comes out in the end is the same.
    """
    left, top, right, bottom = box
    mode = _working_mode(image)
    narrow = Image.new(mode, (width, bottom - top))
    for row in range(top, bottom, BAND):
        band = _in_mode(image.crop((left, row, right, min(row + BAND, bottom))), mode)
        narrow.paste(band.resize((width, band.height), Image.Resampling.LANCZOS), (0, row - top))
    return narrow


def shortened(narrow: Image.Image, height: int) -> Image.Image:
    """Return what `narrowed` has made at this height, in L, RGB, RGBA or CMYK."""
    small = narrow.resize((narrow.width, height), Image.Resampling.LANCZOS)
    return small.convert("RGBA") if small.mode == "RGBa" else small


def _working_mode(image: Image.Image) -> str:
    if has_alpha(image):
        return "RGBa"
    if image.mode in {"1", "L", "I;16"}:
        return "L"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _in_mode(band: Image.Image, mode: str) -> Image.Image:
    if mode == "RGBa":
        return band.convert("RGBA").convert("RGBa")
    if band.mode == "I;16":  # convert alone cuts at 255
        return band.point(lambda value: value / 256).convert("L")
    return band.convert(mode)


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB, RGB or RGBA; an absurd profile is ignored."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    converted = None
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except Exception:
            converted = None  # take the numbers as they are
    return (converted or image).convert(mode)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = TURNS.get(orientation)
    return image.transpose(turn) if turn is not None else image
