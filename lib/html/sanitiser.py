"""nh3 in time that grows with the text alone.

Its serialiser (html5ever) looks at the rest of a text or attribute anew for each character from
U+00A0 to U+00BF, guillemets and degrees among them: 600,000 « took four seconds. They pass it as
noncharacters, which nobody writes.
"""

from __future__ import annotations

from typing import Any

import nh3

FIRST, LAST, STAND_IN = 0xA0, 0xBF, 0xFDD0
BACK = {code - FIRST + STAND_IN: code for code in range(FIRST, LAST + 1)}
THERE = {code: stand_in for stand_in, code in BACK.items()} | dict.fromkeys(BACK)


def sanitised(html: str, **options: Any) -> str:
    """Return the HTML as `nh3.clean` leaves it, unbreakable spaces as characters.

    An attribute filter sees the noncharacters. Those of the text itself go.
    """
    return nh3.clean(html.translate(THERE), **options).translate(BACK)
