"""The colours of the house: inside sRGB, and legible on what they stand on, light and dark.

oklch: Björn Ottosson, 2020.
"""

import math
import re
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent / "static" / "css" / "base"
TOKEN = re.compile(r"--([\w-]+): oklch\(([\d. ]+)\)")
SECTIONS = [f"section-{name}" for name in ("daily", "care", "beauty", "family", "views")]
TEXT = [
    *[
        (text, surface)
        for surface in ("paper", "tint")
        for text in ("ink", "ink-soft", "link", "brand", "alarm", "soon")
    ],
    *[(section, surface) for section in SECTIONS for surface in ("paper", "tint")],
    ("ink", "tint-strong"),
    ("on-fill", "brand-fill"),
    ("on-fill", "brand-fill-hover"),
    ("on-fill", "alarm-fill"),
    ("ink", "mark"),
    ("paper", "ink"),
    ("paper", "ink-soft"),
]
SHAPES = [
    (shape, surface)
    for surface in ("paper", "tint")
    for shape in ("star", "line-strong", "focus", "brand")
]


def tokens(css):
    return {name: tuple(map(float, value.split())) for name, value in TOKEN.findall(css)}


def dark_lists():
    css = (BASE / "dark.css").read_text()
    system, choice = css.split(':root[data-theme="dark"]')
    return system, choice


LIGHT = tokens((BASE / "tokens.css").read_text())
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **tokens(dark_lists()[1])}}


def linear(lightness, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def contrast(one, other):
    """Return the ratio of WCAG 2, 1 to 21."""
    bright, dim = sorted(
        (
            sum(
                k * min(max(x, 0), 1)
                for k, x in zip((0.2126, 0.7152, 0.0722), linear(*c), strict=True)
            )
            for c in (one, other)
        ),
        reverse=True,
    )
    return (bright + 0.05) / (dim + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_can_be_shown(scheme):
    assert {
        name: value
        for name, value in SCHEMES[scheme].items()
        if any(not -0.0005 <= x <= 1.0005 for x in linear(*value))
    } == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (SHAPES, 3)], ids=["text", "shapes"])
def test_colours_stand_out_from_their_surface(scheme, pairs, least):
    colours = SCHEMES[scheme]
    assert {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < least
    } == {}


def test_soft_ink_reaches_seven_on_paper():
    assert all(contrast(colours["ink-soft"], colours["paper"]) >= 7 for colours in SCHEMES.values())


def test_the_two_dark_lists_are_equal():
    system, choice = (
        re.findall(r"--[\w-]+: [^;]+;|color-scheme: \w+;", part) for part in dark_lists()
    )
    assert system == choice
    assert len(system) > 20


def test_dark_redefines_every_colour_that_light_text_needs():
    assert {name for name in LIGHT if name not in tokens(dark_lists()[1])} <= {"on-fill"}
