"""What is done to typed HTML takes time in proportion to its length, whatever it is."""

import pytest

from articles.revisions.comparison import side_by_side
from lib.feeds.conditional import portable_html
from lib.html.nesting import nested
from lib.html.policy import ATTRIBUTES, TAGS
from lib.html.sanitiser import sanitised
from tests.lib.hostile_html import SHAPES, any_html, growth, hostile, read_everything

CHARS = 6_000
TWICE = 2.5


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_time(shape):
    small, large = hostile(shape, CHARS), hostile(shape, 2 * CHARS)
    assert growth(read_everything, small, large, enough=TWICE) <= TWICE


def test_twice_the_change_takes_twice_the_time():
    def compare(words):
        side_by_side(*("\n".join(f"x {word}{n}" for n in range(words)) for word in "uv"))
        side_by_side(*(" ".join(f"x {word}{n}" for n in range(words)) for word in "uv"))

    assert growth(compare, 400, 800, enough=TWICE) <= TWICE


def test_formatting_does_not_multiply():
    """nh3 alone makes 33 MB of 40 kB."""
    html = "".join(f"<p><b id={n}>x" for n in range(3_000))
    assert len(nested(html, ATTRIBUTES, TAGS)) < 5 * len(html)


def test_the_parser_finds_nothing_to_move():
    for seed in range(1_000):
        ours = nested(any_html(seed), {}, TAGS).replace("<pre>\n", "<pre>")
        assert sanitised(ours, tags=TAGS, attributes={}, link_rel=None) == ours


def test_guillemets_pass_the_parser_as_they_are():
    html = '<p title="« à 37°\xa0C »">« 37°\xa0C »</p>'
    assert sanitised(html, attributes={"p": {"title"}}) == html
    assert portable_html("<p>« 37°\xa0C »</p>", "/") == "<p>« 37°\xa0C »</p>"
