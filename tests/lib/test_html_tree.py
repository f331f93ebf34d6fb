"""The tree that cleaning and rendering work on, and what a browser makes of what comes out."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.rendering import render
from lib.html.policy import ATTRIBUTES, TAGS, clean_html
from lib.html.tree import elements, image_addresses, new_element, outermost, parse, serialise

XHTML = "{http://www.w3.org/1999/xhtml}"
ADDED_TAGS = {"div", "picture", "source"}
ADDED_ATTRIBUTES = {"id", "class", "aria-label", "aria-labelledby", "role", "tabindex", "rel"}

# what has deceived cleaners that parse twice
MUTATING = [
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=a>'>",
    '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><table data-caption='&lt;img src=x onerror=alert(1)&gt;'></table></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p><!--><img src=x onerror=alert(1)>--></p>",
    "<p><![CDATA[<img src=x onerror=alert(1)>]]></p>",
    "<table data-caption='\"><img src=x onerror=alert(1)>'><tr><td>1</td></tr></table>",
    "<abbr title='&lt;/abbr&gt;&lt;script&gt;alert(1)&lt;/script&gt;'>x</abbr>",
    "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>",
    '<a href="#note-1"><sup>&lt;img src=x onerror=alert(1)&gt;</sup></a>',
    "<pre><code>&lt;img src=x onerror=alert(1)&gt;</code></pre>",
    "<p><button><p><svg><title><b>x</b></title></svg>y",
    "<a href=/x><table><a href=/y>z</table>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>",
    "<p>a < b <!x <?y </ z <img/src=x/onerror=alert(1)>",
]
PIECES = [
    *("<p>", "</p>", "<li>", "<ul>", "<a href='/x'>", "</a>", "<b>", "</b>", "<h2>", "</h2>"),
    *("<table>", "<td>", "<th>", "<tr>", "</table>", "<caption>", "<figure>", "<svg>", "<math>"),
    *("<style>", "</style>", "<title>", "<template>", "<noscript>", "<!--", "-->", "<![CDATA["),
    *("<img src=x onerror=a>", "<button>", "<br>", "&lt;", "&quot;", "x", " ", "'", '"', "<", ">"),
]


def assert_holds_only_what_the_policy_names(html):
    for element in html5lib.parseFragment(html).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert isinstance(element.tag, str), html  # no comment
        tag = element.tag.removeprefix(XHTML)
        assert tag in TAGS | ADDED_TAGS, html
        assert set(element.attrib) <= ATTRIBUTES.get(tag, set()) | ADDED_ATTRIBUTES, html


@pytest.mark.parametrize("html", MUTATING)
def test_parsing_again_opens_nothing_that_the_cleaning_closed(html):
    cleaned = clean_html(html)
    assert_holds_only_what_the_policy_names(cleaned)
    assert_holds_only_what_the_policy_names(render(cleaned, {}).html)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_soup_opens_anything_either(html):
    cleaned = clean_html(html)
    assert_holds_only_what_the_policy_names(cleaned)
    assert_holds_only_what_the_policy_names(render(cleaned, {}).html)
    assert serialise(parse(cleaned)) == cleaned


def test_cleaning_leaves_no_bracket_but_those_of_tags():
    """What the tree relies on: a bracket in a text or in an attribute is escaped."""
    cleaned = clean_html('<p><abbr title="a>b<c">x > y</abbr></p>')
    assert cleaned == '<p><abbr title="a&gt;b&lt;c">x &gt; y</abbr></p>'


def test_what_nobody_changes_is_written_back_as_it_was():
    html = '<p lang="la">l\'eau &amp; "sel" &lt;b&gt;<br>é</p>\n<img src="/m/é&amp;.jpg" alt=\'x\'>'
    assert serialise(parse(html)) == html


def test_depth_loses_nothing():
    html = "<em>" * 20_000 + "perdu" + "</em>" * 20_000
    tree = parse(html)
    assert serialise(tree) == html
    assert sum(1 for _ in elements(tree)) == 20_000


def test_outermost_elements_hold_the_others():
    tree = parse("<ul><li>1<ul><li>2</li></ul></li><li>3</li></ul>")
    assert [serialise(item)[4] for item in outermost(tree, {"li"})] == ["1", "3"]


def test_new_attributes_are_escaped():
    made = new_element("a", {"href": '/x"><script>', "title": "l'eau"}, "&lt;")
    assert serialise(made) == ('<a href="/x&quot;&gt;&lt;script&gt;" title="l&#x27;eau">&lt;</a>')


def test_image_addresses_come_once_each():
    html = '<img src="/a.jpg" alt="x"><p><img alt="src=y" src="/b&amp;.jpg"></p><img src="/a.jpg">'
    assert image_addresses(html) == ["/a.jpg", "/b&.jpg"]
