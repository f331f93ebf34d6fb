"""Uploaded pictures: refused by their header, re-encoded, rendered in several widths.

A process decodes or encodes one picture at a time, within `limits.MEMORY`; its threads wait for
each other.
"""

from __future__ import annotations

import io
import logging
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext as _
from PIL import Image

from lib.image_files import limits, memory, pixels
from lib.image_files.header import Header
from lib.image_files.kinds import READERS, kind_of
from lib.refused import Refused

MAX_BYTES = limits.MAX_BYTES
MAX_SIDE = 2400
MAX_TRANSPARENT_PIXELS = 3_600_000  # of which WebP takes 40 bytes a pixel, with the worst alpha
MIN_SIDE = 64
WIDTHS = (480, 800, 1200, 1600, 2400)
ACCEPT = "image/jpeg,image/png,image/webp,image/avif"
PATIENCE_SECONDS = 20

Source = bytes | BinaryIO | UploadedFile  # type: ignore[type-arg]  # generic in the stubs only

logger = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
memory.give_back_large_blocks()


@dataclass(frozen=True)
class Cleaned:
    """A picture of our own making; width and height in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


@dataclass(frozen=True)
class _Wish:
    max_side: int
    min_side: int
    square: int | None

    def size(self, width: int, height: int, most_pixels: int | None = None) -> tuple[int, int]:
        """Return the size to make of a picture of this one."""
        if self.square:
            return self.square, self.square
        scale = min(1, self.max_side / max(width, height))
        if most_pixels:
            scale = min(scale, math.sqrt(most_pixels / (width * height)))
        return max(1, round(width * scale)), max(1, round(height * scale))


def clean_picture(
    source: Source,
    *,
    max_side: int = MAX_SIDE,
    min_side: int = MIN_SIDE,
    square: int | None = None,
) -> Cleaned:
    """Return the upload as a new file: upright, sRGB, no metadata, at most `max_side` a side.

    With `square`, its middle at that size. Nothing is decoded before the header has been judged.
    Raises Refused, and nothing else whatever the file holds.
    """
    with _alone():
        made = _cleaned_or_sentence(source, _Wish(max_side, min_side, square))
    if isinstance(made, Cleaned):
        return made
    raise Refused(made)


@contextmanager
def _alone() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise Refused(
            _("Le site prépare d’autres images en ce moment : renvoyez la vôtre dans une minute.")
        )
    try:
        yield
    finally:
        _one_at_a_time.release()


def _cleaned_or_sentence(source: Source, wish: _Wish) -> Cleaned | str:
    """Return the picture, or why it is refused; the sentence alone, because an error would keep
    the pixels in memory by its traceback."""
    try:
        return _encoded_picture(_decoded(_header(source), wish))
    except Refused as refusal:
        return str(refusal)
    except Exception as error:
        # decoders raise whatever they like; which kind of error it was helps to find one of ours
        logger.info("a picture was refused: %s", type(error).__name__)
        return str(limits.damaged())


def _header(source: Source) -> Header:
    data = source if isinstance(source, bytes) else source.read()
    limits.judge_weight(len(data))
    kind = kind_of(data)
    if kind not in READERS:
        raise limits.refused_kind(kind)
    return READERS[kind](data)


def _decoded(header: Header, wish: _Wish) -> Image.Image:
    """Return the picture small, upright and in sRGB; the file is out of memory then."""
    limits.judge(header, wish.min_side)
    divisor = limits.divisor_for(header, wish.size(header.width, header.height))
    image = pixels.in_srgb(_small(header.load(divisor), wish), header.profile)
    return pixels.upright(image, header.orientation)


def _encoded_picture(image: Image.Image) -> Cleaned:
    image.info = {}  # pixels only: nothing of the file's metadata comes along
    extension = "webp" if image.mode == "RGBA" else "jpg"
    return Cleaned(_encoded(image, extension), extension, *image.size)


def _small(image: Image.Image, wish: _Wish) -> Image.Image:
    width, height = image.size
    most = MAX_TRANSPARENT_PIXELS if pixels.has_alpha(image) else None
    left, top, right, bottom = 0, 0, width, height
    if wish.square:
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        right, bottom = left + side, top + side
    width, height = wish.size(width, height, most)
    narrow = pixels.narrowed(image, width, (left, top, right, bottom))
    del image  # the largest of all, before the next is made
    return pixels.shortened(narrow, height)


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
    kind = kind_of(data)
    fallback = "webp" if kind == "WebP" else "jpg"
    for width in widths:
        for extension in ("avif", fallback):
            with _one_at_a_time:  # decoded each time: nobody who waits holds pixels
                rendition = _encoded(_narrowed(READERS[kind](data).load(1), width), extension)
            yield width, extension, rendition


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return pixels.shortened(pixels.narrowed(image, width, (0, 0, *image.size)), height)


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
        try:
            limits.judge_weight(file.size or 0)
            cleaned = clean_picture(
                file, max_side=self.max_side, min_side=self.min_side, square=self.square
            )
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        content = ContentFile(cleaned.data, name=f"image.{cleaned.extension}")
        content.cleaned = cleaned  # type: ignore[attr-defined]  # rides along with the file
        return content
