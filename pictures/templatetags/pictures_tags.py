"""How a picture of the library is drawn."""

from __future__ import annotations

from typing import Any

from django import template

from pictures.models import Picture

register = template.Library()


@register.inclusion_tag("pictures/_picture.html")
def picture(
    picture: Picture,
    css: str = "picture__image",
    sizes: str = "100vw",
    lazy: bool = True,
    decorative: bool = False,
    priority: bool = False,
) -> dict[str, Any]:
    """Draw a picture of the library in the best format and width.

    Beside the title of what it illustrates it is decorative.
    """
    return {
        "picture": picture,
        "css": f"{css} {picture.focus_classes}".strip(),
        "sizes": sizes,
        "lazy": lazy and not priority,
        "priority": priority,
        "alt": "" if decorative else picture.alt,
        "avif": picture.srcset("avif"),
        "fallback": picture.srcset(picture.fallback_extension),
    }
