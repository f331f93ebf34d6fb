"""Uploaded pictures: refused by their header, re-encoded, rendered in several widths."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from lib.refused import Refused

MAX_BYTES = 15 * 2**20
MAX_PIXELS = 40_000_000
MAX_LOSSLESS_PIXELS = 25_000_000  # PNG, WebP and AVIF cannot be decoded small, as JPEG can
MAX_SIDE = 2400
MIN_SIDE = 64
WIDTHS = (480, 800, 1200, 1600, 2400)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/avif"


@dataclass(frozen=True)
class Cleaned:
    """A picture of our own making; width and height in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def clean_picture(
    data: bytes, *, max_side: int = MAX_SIDE, min_side: int = MIN_SIDE, square: int | None = None
) -> Cleaned:
    """Return the upload as a new file: upright, sRGB, no metadata, at most `max_side` a side.

    With `square`, its middle at that size. Nothing is decoded before the header has been judged.
    Raises Refused.
    """
    image = _opened(data, square or max_side, min_side)
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    image = _in_srgb(image, profile, "RGBA" if has_alpha else "RGB")
    if square:
        image = ImageOps.fit(image, (square, square), Image.Resampling.LANCZOS)
    else:
        image.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=3)
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # pixels only: nothing of the file's metadata comes along
    extension = "webp" if has_alpha else "jpg"
    return Cleaned(_encoded(bare, extension), extension, *bare.size)


def _opened(data: bytes, wanted_side: int, min_side: int) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise Refused(_("L’image pèse plus de 15 Mo : réduisez-la avant de l’envoyer."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # reads the header only
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
        _judge(image, min_side)
        if image.format == "JPEG":
            image.draft("RGB", (wanted_side * 2, wanted_side * 2))
        image.load()
    except Refused:
        raise
    except Exception as error:
        raise Refused(
            _("Ce fichier n’est pas une image lisible : envoyez une photo JPEG, PNG, WebP ou AVIF.")
        ) from error
    return image


def _judge(image: Image.Image, min_side: int) -> None:
    width, height = image.size
    limit = MAX_PIXELS if image.format == "JPEG" else MAX_LOSSLESS_PIXELS
    if width * height > limit:
        raise Refused(
            _(
                "L’image a trop de points (%(width)s × %(height)s) : "
                "réduisez-la à 6000 points de côté au plus."
            )
            % {"width": width, "height": height}
        )
    if min(width, height) < min_side:
        raise Refused(
            _("L’image est trop petite : il faut au moins %(side)s points de côté.")
            % {"side": min_side}
        )
    if getattr(image, "n_frames", 1) > 1:
        raise Refused(_("Les images animées ne sont pas acceptées : envoyez une image fixe."))


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image,
                source,
                ImageCms.createProfile("sRGB"),
                outputMode=mode if image.mode == "RGBA" else "RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # an absurd profile: take the numbers as they are
        image = converted or image
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert(mode)


def _encoded(image: Image.Image, extension: str) -> bytes:
    buffer = io.BytesIO()
    match extension:
        case "avif":
            image.save(buffer, "AVIF", quality=55, speed=8)
        case "webp":
            image.save(buffer, "WEBP", quality=82, method=4)
        case _:
            image.convert("RGB").save(buffer, "JPEG", quality=82, progressive=True, optimize=True)
    return buffer.getvalue()


def widths_for(width: int) -> list[int]:
    """Return the widths to make of a picture: the ladder below its own width, then its own."""
    return [*(step for step in WIDTHS if step < width), width]


def render_widths(data: bytes, *, widths: list[int]) -> Iterator[tuple[int, str, bytes]]:
    """Yield (width, extension, file) in AVIF and in the fallback format of our own file."""
    with Image.open(io.BytesIO(data)) as image:
        fallback = "webp" if image.format == "WEBP" else "jpg"
        for width in widths:
            small = image.copy()
            small.thumbnail((width, 100_000), Image.Resampling.LANCZOS, reducing_gap=3)
            yield width, "avif", _encoded(small, "avif")
            yield width, fallback, _encoded(small, fallback)


def random_name(folder: str, extension: str) -> str:
    """Return a name of our own, "pictures/2f/2f9c….jpg": the uploader's is not kept."""
    name = uuid4().hex
    return f"{folder}/{name[:2]}/{name}.{extension}"


def picture_path(folder: str, _row: Model, filename: str) -> str:
    """Return such a name for an upload: `upload_to=partial(picture_path, "pictures")`."""
    return random_name(folder, filename.rpartition(".")[2])


class PictureFormField(forms.FileField):
    """An upload that arrives as a clean picture.

    The value is a ContentFile with the `Cleaned` in `.cleaned`.
    """

    def __init__(
        self,
        *,
        max_side: int = MAX_SIDE,
        min_side: int = MIN_SIDE,
        square: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.max_side, self.min_side, self.square = max_side, min_side, square
        self.widget.attrs.setdefault("accept", ACCEPT)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if file.size and file.size > MAX_BYTES:
            raise ValidationError(_("L’image pèse plus de 15 Mo : réduisez-la avant de l’envoyer."))
        try:
            cleaned = clean_picture(
                file.read(), max_side=self.max_side, min_side=self.min_side, square=self.square
            )
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        content = ContentFile(cleaned.data, name=f"image.{cleaned.extension}")
        content.cleaned = cleaned  # type: ignore[attr-defined]  # rides along with the file
        return content
