"""What axe says of a page as it stands in the browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# what another scheme can spoil: everything else is the same page
OF_COLOUR = ("color-contrast", "link-in-text-block")


def violations(page: Any, *rules: str) -> list[Any]:
    """Return axe's violations of WCAG and best practice, of these rules only if some are named."""
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        "selectors": False,
        **({"runOnly": list(rules)} if rules else {}),
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]][:2])
        for violation in found
    ]


def check(page: Any, *, thoroughly: bool = False) -> None:
    """Check the page that is open: axe at 1280 px light and 360 px dark, no sideways scrolling.

    320 px are tried too. `thoroughly` crosses both widths with both schemes, for the pages that
    hold every component.
    """
    for width, usual, other in ((1280, "light", "dark"), (360, "dark", "light")):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in ((usual, ()), (other, OF_COLOUR)) if thoroughly else ((usual, ()),):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = page.url, width, scheme
            assert (where, violations(page, *rules)) == (where, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
