"""Draw the share picture of an article: section, title, author, name of the site.

Pure: words in, a PNG file out.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from lib.writing.typography import typography

WIDTH, HEIGHT = 1200, 630  # what Facebook, X, Mastodon and Bluesky show without cutting
EDGE = 80
TITLE_TOP, TITLE_HEIGHT = 165, 310
TITLE_SIZES = range(84, 43, -4)
LEADING = 1.16
# the tokens of static/css/base/tokens.css, in sRGB
PAPER, INK, SOFT, LINE, BRAND = "#fdfdfc", "#151f20", "#475253", "#d0d2cb", "#105b42"
SECTIONS = {
    "daily": "#285d36",
    "care": "#145786",
    "beauty": "#8a3362",
    "family": "#7e4921",
    "views": "#563f8a",
}
# the V of the wordmark is a guillemet turned by a quarter: a voice and its echo, on a square of 100
VOICE = (
    ((7.2, 0), (24.2, 0), (65.2, 70.7), (106.2, 0), (123.2, 0), (65.2, 100)),
    ((40.2, 0), (54.2, 0), (65.2, 19), (76.2, 0), (90.2, 0), (65.2, 43.1)),
)
OTHER_SPACE = re.compile(r"[^\S \u00a0\u202f]")
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Wording:
    """What is written on a share picture; `colour`: the section's, by its name, or ""."""

    title: str
    author: str
    section: str
    colour: str
    site: str


def draw(wording: Wording) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    colour = SECTIONS.get(wording.colour, INK)
    pen.rectangle((0, 0, WIDTH, 17), fill=colour)
    _line(pen, (EDGE, 80), wording.section, "text", 38, colour, WIDTH - 2 * EDGE)
    lines, size = fitted(drawable(typography(wording.title)))
    for n, line in enumerate(lines):
        pen.text((EDGE, TITLE_TOP + n * size * LEADING), line, font=font("title", size), fill=INK)
    pen.rectangle((EDGE, 506, WIDTH - EDGE, 508), fill=LINE)
    name_width = _wordmark(image, wording.site)
    _line(pen, (EDGE, 536), wording.author, "text", 38, SOFT, WIDTH - 2 * EDGE - name_width - 40)
    buffer = io.BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@cache
def font(name: str, size: int) -> Font:
    return ImageFont.truetype(
        str(settings.BASE_DIR / "static" / "fonts" / f"carevox-serif-{name}.woff2"), size
    )


def drawable(text: str) -> str:
    """Return the text in letters of the font: "CO₂" as "CO2", without what has no likeness.

    On one line: the layout raises for whatever ends a paragraph.
    """
    return "".join(
        letter if _has(letter) else _likeness(letter) for letter in OTHER_SPACE.sub(" ", text)
    )


def _likeness(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if _has(part))


@cache
def _has(letter: str) -> bool:
    sample = font("title", 32)
    return letter.isspace() or bytes(sample.getmask(letter)) != bytes(sample.getmask("\uffff"))


def fitted(title: str) -> tuple[list[str], int]:
    """Return the lines of the title and the largest size at which they fit; what is too long for
    the smallest is cut with « … »."""
    for size in TITLE_SIZES:
        lines = wrapped(title, font("title", size), WIDTH - 2 * EDGE)
        room = int(TITLE_HEIGHT / (size * LEADING))
        if len(lines) <= room:
            return lines, size
    last = shortened(f"{lines[room - 1]}…", font("title", size), WIDTH - 2 * EDGE)
    return [*lines[: room - 1], last], size


def wrapped(text: str, face: Font, width: float) -> list[str]:
    """Return the text in lines; unbreakable spaces hold, and a word wider than the line is broken
    with a hyphen."""
    lines: list[str] = [""]
    for word in text.split(" "):
        for piece in _pieces(word, face, width):
            longer = f"{lines[-1]} {piece}".strip(" ")
            if face.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, face: Font, width: float) -> list[str]:
    if face.getlength(word) <= width:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if face.getlength(f"{piece}{letter}-") > width:
            pieces.append(f"{piece}-")
            piece = ""
        piece += letter
    return [*pieces, piece]


def shortened(text: str, face: Font, width: float) -> str:
    """Return the text, or its beginning with « … » when it is wider."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,;:.…')}…"


def _line(
    pen: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    name: str,
    size: int,
    colour: str,
    width: float,
) -> None:
    face = font(name, size)
    pen.text(place, shortened(drawable(typography(text)), face, width), font=face, fill=colour)


def _voice(height: float) -> Image.Image:
    """Return the V as a mask, drawn four times too large for smooth edges."""
    size = (round(1.25 * height), round(height))
    mask = Image.new("L", (4 * size[0], 4 * size[1]))
    for shape in VOICE:
        ImageDraw.Draw(mask).polygon(
            [((x - 5) * height / 25, y * height / 25) for x, y in shape], fill=255
        )
    return mask.resize(size, Image.Resampling.LANCZOS)


def _wordmark(image: Image.Image, site: str) -> float:
    """Write the site's name at the lower right; return its width. The house name has its drawn V,
    others have it before them."""
    pen, face, height = ImageDraw.Draw(image), font("title", 58), 40.0  # height of its capitals
    before, after = (
        ("Care", "ox") if site == "CareVox" else ("", shortened(drawable(site), face, 600))
    )
    voice, gap = 1.18 * height, 0.06 * height if before else 0.3 * height
    width = face.getlength(before) + voice + gap + face.getlength(after)
    x, baseline = WIDTH - EDGE - width, 582.0
    pen.text((x, baseline), before, font=face, fill=INK, anchor="ls")
    x += face.getlength(before)
    image.paste(BRAND, (round(x), round(baseline - height)), _voice(height))
    pen.text((x + voice + gap, baseline), after, font=face, fill=INK, anchor="ls")
    return width
