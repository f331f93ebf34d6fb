"""What axe says of a page as it stands in the browser, at both widths, in both schemes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# what a dark scheme can spoil: everything else is the same page
OF_COLOUR = ("color-contrast", "link-in-text-block")


def violations(page: Any, *rules: str) -> list[Any]:
    """Return axe's violations of WCAG and best practice, of these rules only if some are named."""
    options = {"preload": False, "resultTypes": ["violations"], "selectors": False, **({"runOnly": list(rules)} if rules else {})}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [(violation["id"], [node["html"][:120] for node in violation["nodes"]][:2]) for violation in found]


def check(page: Any) -> None:
    """Check the page that is open: axe at 1280 and 360 px, light and dark, and nothing to scroll sideways, 320 px included."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", ()), ("dark", OF_COLOUR)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            where = page.url, width, scheme
            assert (where, violations(page, *rules)) == (where, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
