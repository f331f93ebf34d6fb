"""What the styles of other programs say by looks alone: bold, slanted, struck, raised, hidden."""

from __future__ import annotations

import re

NAME = re.compile(r"[a-z-]+", re.ASCII)
BOLD = re.compile(r"bold|bolder|[6-9]\d\d", re.ASCII)
LIGHT = re.compile(r"normal|lighter|[1-5]\d\d", re.ASCII)
RAISED = re.compile(r"super|[1-9][\d.]*(?:px|pt|em|%)", re.ASCII)
LOWERED = re.compile(r"sub|-[1-9][\d.]*(?:px|pt|em|%)", re.ASCII)


def declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    said = ((name.strip(), value.strip()) for name, colon, value in pairs if colon)
    return {name: value for name, value in said if NAME.fullmatch(name)}


def unseen(attributes: dict[str, str]) -> str:
    """Return the kind of loss that an element is of which nothing is kept; empty if all is seen."""
    if "hidden" in attributes:
        return "hidden"
    style, name = attributes.get("style", ""), attributes.get("class", "")
    if "MsoCommentReference" in name or "msocom" in name:
        return "comment"
    if not style:
        return ""
    said = declarations(style)
    if said.get("mso-element", "").startswith("comment"):
        return "comment"
    is_hidden = (
        said.get("display", "").startswith("none")
        or said.get("visibility", "") in {"hidden", "collapse"}
        or said.get("mso-hide") == "all"
    )
    return "hidden" if is_hidden else ""


def marks(style: str, *, is_inline: bool) -> list[str]:
    """Return the elements that the style amounts to, the outermost first."""
    said = declarations(style)
    lines = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    raised = said.get("vertical-align", "").removesuffix("!important").strip() if is_inline else ""
    found = {
        "s": "line-through" in lines,
        "strong": bool(BOLD.match(said.get("font-weight", ""))),
        "em": said.get("font-style", "").startswith(("italic", "oblique")),
        "sup": bool(RAISED.fullmatch(raised)),
        "sub": bool(LOWERED.fullmatch(raised)),
    }
    return [name for name, holds in found.items() if holds]


def is_upright(name: str, style: str) -> bool:
    """Tell whether the style takes back what the element is for: Google Docs wraps all in a bold
    that is none."""
    said = declarations(style)
    if name in {"b", "strong"}:
        return bool(LIGHT.match(said.get("font-weight", "")))
    return name in {"i", "em"} and said.get("font-style", "").startswith("normal")


def is_underlined(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "")
    return "underline" in style and "underline" in declarations(style).get("text-decoration", "")
