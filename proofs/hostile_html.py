"""What is done to typed HTML takes time in proportion to its length, and once is enough.

python -m proofs.hostile_html

Each hostile shape is doubled from 12,500 characters to what the budget takes, and each of 300,000
texts made of loose fragments is cleaned twice.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tqdm import tqdm  # noqa: E402  (Django first)

from lib.html.budget import MAX_HTML_CHARS  # noqa: E402
from tests.lib.hostile_html import (  # noqa: E402
    SHAPES,
    any_html,
    assert_one_cleaning_is_enough,
    growth,
    hostile,
    read_everything,
)

LENGTHS = (12_500, 25_000, 50_000, 100_000, 200_000)
TWICE = 2.5
TEXTS = 300_000
LONGEST_SECONDS = 5


def too_dear() -> list[str]:
    """Return the shapes that take more than twice the time when they are twice as long."""
    found = []
    for shape in tqdm(SHAPES, desc="shapes", disable=None):
        texts = [hostile(shape, chars) for chars in LENGTHS]
        for small, large in pairwise(texts):
            grown = growth(read_everything, small, large, enough=TWICE)
            if grown > TWICE:
                found.append(f"{shape}: {grown:.1f} times from {len(small)} characters")
        if (seconds := _seconds(hostile(shape, MAX_HTML_CHARS - 1_000))) > LONGEST_SECONDS:
            found.append(f"{shape}: {seconds:.1f} s at most")
    return found


def _seconds(html: str) -> float:
    """Return the time of the text itself, as `growth` measures it against next to nothing."""
    return growth(read_everything, "", html, enough=100 * LONGEST_SECONDS) / 100


def cleaned_differently() -> list[str]:
    found = []
    for seed in tqdm(range(TEXTS), desc="texts", disable=None):
        try:
            assert_one_cleaning_is_enough(any_html(seed))
        except AssertionError as error:
            found.append(str(error))
    return found


def main() -> int:
    dear, different = too_dear(), cleaned_differently()
    print(f"hostile_html: {len(dear)} of {len(SHAPES)} shapes grow too fast", *dear, sep="\n  ")
    print(f"hostile_html: {len(different)} of {TEXTS} texts differ", *different[:20], sep="\n  ")
    return 1 if dear or different else 0


if __name__ == "__main__":
    sys.exit(main())
