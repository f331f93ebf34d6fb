"""Kinds of values without a structure: switches, numbers, words, folders, the secret key."""

from __future__ import annotations

from pathlib import Path

from carevox.env.reading import BadValue, Kind

SWITCH = {
    **dict.fromkeys(["on", "true", "yes", "oui", "1"], True),
    **dict.fromkeys(["off", "false", "no", "non", "0"], False),
}
SHORTEST_KEY = 50  # Django's own check asks for as many characters
DEMO_KEY = "insecure-key-of-the-demo-insecure-key-of-the-demo-insecure"
MOST_R0 = 100_000


def switch() -> Kind[bool]:
    allowed = "on or off (or true/false, yes/no, oui/non, 1/0)"
    return Kind(allowed, lambda text: SWITCH[text.lower()])


def number(least: float, most: float) -> Kind[float]:
    """A number between two bounds, with a point or a comma."""

    def parse(text: str) -> float:
        value = float(_digits(text.replace(",", ".")))
        if not least <= value <= most:  # not a number is in no range
            raise ValueError
        return value

    return Kind(f"a number from {least:g} to {most:g}", parse)


def whole_number(least: int, most: int) -> Kind[int]:
    def parse(text: str) -> int:
        value = int(_digits(text))
        if not least <= value <= most:
            raise ValueError
        return value

    return Kind(f"a whole number from {least} to {most}", parse)


def _digits(text: str) -> str:
    """Refuse what only Python reads as a number: 1_000, the digits of another script."""
    if not text.isascii() or "_" in text:
        raise ValueError
    return text


def choice(*among: str) -> Kind[str]:
    """One of some words, in upper or lower case."""
    words = {word.lower(): word for word in among}
    allowed = f"{', '.join(among[:-1])} or {among[-1]}"
    return Kind(allowed, lambda text: words[text.lower()])


def text(most: int) -> Kind[str]:
    """One line of text."""

    def parse(text: str) -> str:
        if len(text) > most:
            raise ValueError
        return text

    return Kind(f"one line of at most {most} characters", parse)


def folder(root: Path) -> Kind[Path]:
    """A folder, there or not; a relative one is looked for below `root`."""
    return Kind("the path of a folder", lambda text: root / text)


def secret_key(*, debug: bool) -> Kind[str]:
    advice = f"{SHORTEST_KEY} random characters (`make secret` prints some)"

    def parse(text: str) -> str:
        if not text and debug:
            return DEMO_KEY
        if not text:
            raise BadValue(f"is missing: set at least {advice}, or DEBUG=on to try the site.")
        if len(text) < SHORTEST_KEY and not debug:
            raise BadValue(f"is too short: give at least {advice}.")
        return text

    return Kind(f"one line of at least {advice}", parse, is_secret=True)


def experiment() -> Kind[str]:
    """The setting of « aussi consulté » that half of the visits try; none: empty."""
    counts = whole_number(1, MOST_R0)

    def parse(text: str) -> str:
        name, equals, value = text.partition("=")
        if text in {"", "back-off"}:
            return text
        if name != "r0" or not equals:
            raise ValueError
        return f"r0={counts.parse(value)}"

    return Kind("empty, back-off, or a number of contributions such as r0=150", parse)
