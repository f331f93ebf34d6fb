"""Typed HTML that means harm, or none at all: for the tests here and the slow proof."""

import random
import time
from html import escape

from articles.rendering import render
from articles.revisions.comparison import side_by_side
from articles.revisions.text import written
from lib.feeds.conditional import portable_html
from lib.html.budget import TooLong
from lib.html.policy import TAGS, clean_html
from lib.text import plain_text

# Each is repeated until the text is as long as wanted; `{n}` counts.
SHAPES = {
    "captions inside captions": "<table><caption>",
    "captions side by side": "<table><caption>x</caption></table>",
    "many captions": "<caption>x</caption>",
    "headings": "<h2>x</h2>",
    "headings never closed": "<h2>x",
    "blocks": "<div>x",
    "blocks closed": "<div>x</div>",
    "lists inside lists": "<ul><li>",
    "items": "<li>x",
    "quotations": "<blockquote>",
    "quotations closed": "<blockquote>x</blockquote>",
    "paragraphs": "<p>x",
    "ends without a beginning": "</p>",
    "foreign ends": "<x></y>",
    "formatting across paragraphs": "<p><b id={n}>x",
    "formatting of many languages": "<p><em lang=aa><span lang=bb>x",
    "crossing formatting": "<b><i>x</b></i>",
    "formatting across lists": "<b><ul></b>",
    "links never closed": "<a href=/{n}>x",
    "links around paragraphs": "<a href=/{n}><p>x</a>",
    "calls of notes": '<sup><a href="#note-1">1</a></sup>',
    "calls that never end": '<sup><a href="#note-1">1</a>x</sup>',
    "notes": '<li id="note-{n}">x</li>',
    "first rows": "<table><tr><th>a<th>b<tr><td>x</table>",
    "rows": "<table><tr><td>x",
    "cells": "<td>x",
    "words outside the cells": "<table>x<em>y",
    "figures": "<figure><img src=/media/x.jpg><figcaption>x</figcaption></figure>",
    "pictures": "<img src=/media/x.jpg>",
    "breaks": "<p><br> <br></p>",
    "code": "<pre><code>x",
    "code never closed": "<code>x",
    "attributes": "<p a{n}=x ",
    "attributes of one tag": " a{n}=x",
    "tags inside tags": "<a ",
    "quotation marks": "<a title=\"'",
    "comments": "<!--",
    "comments closed": "<!-- x -->",
    "declarations": "<!x",
    "ends of nothing": "</",
    "brackets": "<",
    "references": "&",
    "references never closed": "&amp",
    "unseen": "<svg>",
    "unseen closed": "<style>x</style>",
    "select": "<select><option>",
    "guillemets": "«",
    "guillemets with spaces": "« x » ; ",
    "degrees in a title": "°",
    "spaces": " ",
    "unbreakable spaces": "&nbsp;",
    "line ends": "\n",
    "digits": "1 234 ",
    "addresses": "https://a.example/(",
    "mail addresses": "a@b.",
    "apostrophes": "l'",
    "one word": "a",
    "words": "mot {n} ",
    "accents": "e\u0301",
}
BEFORE = {"degrees in a title": '<p title="', "attributes of one tag": "<p "}


def hostile(shape: str, chars: int) -> str:
    """Return a text of about so many characters."""
    piece, parts, length = SHAPES[shape], [BEFORE.get(shape, "")], 0
    while length < chars:
        parts.append(piece.format(n=len(parts)) if "{n}" in piece else piece)
        length += len(parts[-1])
    return "".join(parts)


def read_everything(html: str) -> None:
    """Clean a text and, unless it is refused, do all that is done to texts."""
    try:
        cleaned = clean_html(html)
    except TooLong:
        return
    page = render(cleaned, {}).html
    portable_html(page, "https://www.example.org/")
    plain_text(page)
    lines = written(cleaned)
    side_by_side(lines, lines.replace("x", "y").replace("\n", "\n- "))


def growth(function, small, large, *, enough: float, runs: int = 8) -> float:
    """Return how many times the time of the small argument the large one takes, the best of each.

    It runs twice, and again as long as the machine's other work makes more of it than `enough`.
    What takes less than a hundredth of a second counts as one: it is not told from noise.
    """
    best = [float("inf"), float("inf")]
    for run in range(runs):
        for n, argument in enumerate((small, large)):
            started = time.process_time()
            function(argument)
            best[n] = min(best[n], time.process_time() - started)
        if run and best[1] <= enough * max(best[0], 0.01):
            break
    return best[1] / max(best[0], 0.01)


# --- any HTML: fragments that met badly in the past, and whatever else the seed brings ---

FOREIGN = [
    *("b", "i", "div", "h1", "h6", "svg", "math", "style", "script", "select", "font", "o:p"),
    *("dl", "dd", "col", "button", "form", "input", "title", "template", "noscript", "textarea"),
    *("nobr", "u", "image", "details"),
]
ATTRIBUTES = [
    *(" lang=la", ' href="/x"', " href=#note-1", ' id="note-1"', " id=appel-1", " data-caption"),
    *(' data-caption="a&amp;b"', ' data-caption=" "', ' src="/media/a.jpg"', " scope=col"),
    *(' alt="&quot;<&#13;"', " colspan=2", " start=3", ' class="footnotes x"', "/", ' a"b', " x='"),
    *(' x="', ' title="a&nbsp;b&#10;c"', ' title="&#xfdd3;«&copy=1&lt;&amp;lt;&#13;"'),
]
TEXTS = [
    *("x", " ", "\n", "\r\n", "\u00a0", "\u202f", "\u2003", "\x0c", "é", "°", "«", "1", '"', "'"),
    *("&nbsp;", "&#8203;", "&#x202e;", "&", "&lt;", "<", ">", "&#13;", "&#10;", "&amp;nbsp;"),
    *("&am", "p;", "&#0;", "&#128;", "&#xfdd0;", "<!--", "-->", "<![CDATA[", "<!x>", "</", "<?"),
    *("</br>", "</>", "\u2028", "e\u0301", "\u0301"),
    # what joins, and what it joins
    *("\u200d", "\u200c", "&zwj;", "&zwnj;", "\ufe0f", "&#xfe0f;", "👩", "⚕", "🏴", "ا", "ن"),
]


def any_html(seed: int) -> str:
    """Return HTML of few kinds of tags, so that they meet often."""
    chance = random.Random(seed)
    names = chance.sample([*sorted(TAGS), *FOREIGN], chance.choice([2, 3, 5, 12]))
    return "".join(_fragment(chance, names) for _ in range(chance.randint(1, 25)))


def _fragment(chance: random.Random, names: list[str]) -> str:
    match chance.choices(["start", "end", "text"], [2, 1, 1])[0]:
        case "start":
            attribute = chance.choice(ATTRIBUTES) if chance.random() < 0.4 else ""
            return f"<{chance.choice(names)}{attribute}{'>' if chance.random() < 0.97 else ''}"
        case "end":
            return f"</{chance.choice(names)}>"
        case _:
            return chance.choice(TEXTS)


def assert_one_cleaning_is_enough(html: str) -> None:
    once = clean_html(html)
    assert clean_html(once) == once, escape(html)
