"""Whether pages hold at any width and size of text, as a reader may have set it in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

SIZES = (16, 20, 24, 32)  # px of plain text; 16 is what browsers come with
WIDTHS = (*range(300, 1401, 20), 768)


@contextmanager
def text_of(size: int, browser_type: Any, **launch: Any) -> Iterator[Any]:
    """Yield a page of a browser whose text is of this size."""
    flags = [*launch.pop("args", []), f"--blink-settings=defaultFontSize={size}"]
    browser = browser_type.launch(**launch, args=flags)
    try:
        page = browser.new_page()
        page.set_content("<p>Ag")
        seen = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert seen == f"{size}px", seen
        yield page
    finally:
        browser.close()


def too_wide(page: Any, address: str, widths: Iterable[int]) -> list[str]:
    """Return where the page scrolls sideways: the width, by how much, and what sticks out."""
    page.goto(address)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        beyond, culprits = page.evaluate(STICKING_OUT)
        if beyond > 0:
            found.append(f"{address} at {width}: {beyond} px, {', '.join(culprits)}")
    return found


STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const beyond = document.documentElement.scrollWidth - width;
  if (beyond <= 0) return [beyond, []];
  const sticksOut = (element) =>
    !element.closest(".prose__table") && element.getBoundingClientRect().right > width + 1;
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  return [beyond, out.slice(-3).map((element) => `${element.tagName} ${element.className}`)];
}"""
