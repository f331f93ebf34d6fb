import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.html.budget import MAX_DEPTH, MAX_HTML_CHARS, MAX_TYPED_CHARS, TooLong
from lib.html.policy import clean_html
from tests.lib.hostile_html import any_html, assert_one_cleaning_is_enough

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="//evil.example/x.png">',
    '<img src="https://evil.example/x.png">',
    '<img src="/media/../admin/">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="http://;URL=javascript:alert(1)">x</a>',
    '<a href="https:evil.example">x</a>',
    '<a href="/\\evil.example">x</a>',
    '<p style="background:url(//evil.example)">x</p>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<iframe src="//evil.example"></iframe>',
    "<form action=//evil.example><input name=x></form>",
    '<p onclick="alert(1)">x</p>',
    "<p>a\x00b</p>",
    '<p id="contenu">x</p>',
    "<base href=//evil.example>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_markup_leaves_nothing_dangerous(html):
    cleaned = clean_html(html).lower()
    for danger in (
        "<script",
        "onerror",
        "onload",
        "onclick",
        "evil.example",
        "javascript",
        "style=",
        "<iframe",
        "<form",
        "<svg",
        "\x00",
        'id="contenu"',
        "<base",
        "..",
    ):
        assert danger not in cleaned


def test_what_an_article_needs_stays():
    html = (
        '<h2>Titre</h2><p>Un <strong>mot</strong> et <em lang="la">alter</em><sup><a '
        'href="#note-1" rel="noopener">1</a></sup>.</p>'
        '<figure><img src="/media/pictures/ab/x.jpg" alt="vu"><figcaption>'
        "Légende</figcaption></figure>"
        '<table><caption>T</caption><thead><tr><th scope="col">A</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>"
        "<blockquote><p>Dit.</p><footer>Qui</footer></blockquote><section "
        'class="footnotes"><ol><li id="note-1">Note.</li></ol></section>'
    )
    assert clean_html(html) == html


def test_editor_spaces_become_plain():
    assert clean_html("<p>Bonjour&nbsp;le\u00a0monde</p>") == "<p>Bonjour le monde</p>"


def test_foreign_tags_are_renamed():
    assert (
        clean_html("<h1>A</h1><div>b <b>c</b> <i>d</i></div>")
        == "<h2>A</h2><p>b <strong>c</strong> <em>d</em></p>"
    )


def test_empty_paragraphs_go():
    assert clean_html("<p></p><p><br></p><p><strong> </strong></p><p>x</p>") == "<p>x</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>x<br><br> <br></p>", "<p>x</p>"),
        ("<h2><br><br></h2><p>x</p>", "<p>x</p>"),
        ("<p>x</p>" + "<em>" * 9 + "</em>" * 9, "<p>x</p>"),
        ('<p>x<img alt="a src=b"></p>', "<p>x</p>"),
    ],
)
def test_one_cleaning_is_enough(typed, kept):
    assert clean_html(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>a&#x202e;b&#8203;c&#1;</p>", "<p>abc</p>"),
        ('<p><a href="/&#x200b;/evil.example">x</a></p>', "<p>x</p>"),
        ('<p>x<img src="&#x200b;//evil.example/x.png"></p>', "<p>x</p>"),
    ],
)
def test_entities_smuggle_nothing_in(typed, kept):
    assert clean_html(typed) == kept


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("a" * (MAX_HTML_CHARS + 1), "300.000 caractères.*partagez-le"),
        ("&" * (MAX_HTML_CHARS - 4_000), "300.000 caractères"),  # five times as long once cleaned
        ("<x>" * MAX_TYPED_CHARS, "caractères.*collez-le sans sa mise en forme"),
        ("<p><b>x" * 40_000, "caractères"),
        ("<ul><li>" * MAX_DEPTH, "emboîte plus de 100 éléments.*collez-le"),
        ("<strong>" * 30_000, "emboîte"),
        ("<table><caption>" * 2_500, "emboîte"),
        ("<h2>x</h2>" * 4_000, "plus de 300 intertitres.*retirez-en"),
        ("<h2>x</h2><h3>y</h3><h4>z</h4>" * 101, "intertitres"),
        ("<table><tr><td>x</table>" * 201, "200 tableaux.*réunissez-en"),
        ("<a href=/x>x</a> " * 3_001, "3.000 liens"),
        ("<img src=/media/x.jpg>" * 301, "300 images"),
    ],
)
def test_too_much_is_refused_in_french_with_what_to_do(typed, advice):
    with pytest.raises(TooLong) as caught:
        clean_html(typed)
    assert re.search(advice, caught.value.messages[0])


def test_what_a_text_may_hold_at_most_is_kept():
    for html in (
        "a" * MAX_HTML_CHARS,
        "<p>a</p>" * (MAX_HTML_CHARS // 8),
        "<ul><li>" * (MAX_DEPTH // 2) + "x" + "</li></ul>" * (MAX_DEPTH // 2),
        "<h2>x</h2>" * 300,
    ):
        assert clean_html(html) == html


def test_residue_of_word_processors_does_not_count():
    typed = f"<p class=MsoNormal style='{'mso-x:y;' * 100}'><o:p>mot</o:p></p>" * 400
    assert len(typed) > MAX_HTML_CHARS
    assert clean_html(typed) == "<p>mot</p>" * 400


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>1<i>2</b>3</i>", "<strong>1<em>2</em></strong><em>3</em>"),
        ("<b><p>x</b>y</p>", "<p><strong>x</strong>y</p>"),
        ("<b><p>x</p><p>y</p></b>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
        ("<p><b>x<p>y</b>z", "<p><strong>x</strong></p><p><strong>y</strong>z</p>"),
        ("<span lang=la><p>x</p></span>", '<p><span lang="la">x</span></p>'),
        ("<q><p>x</p></q>", "<p><q>x</q></p>"),
        ("<p>x<b> </b>y", "<p>x y</p>"),
        ("<h2>x<h3>y</h3>", "<h2>x</h2><h3>y</h3>"),
        ("<ul><li>a<li>b<ol><li>c</ul>d", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>d"),
        (
            "<a href=/x><p>x</p></a>y<a href=/y>z<a href=/z>a",
            '<a href="/x" rel="noopener"><p>x</p></a>y<a href="/y" rel="noopener">z</a>'
            '<a href="/z" rel="noopener">a</a>',
        ),
        (
            "<table>x<tr><td>1<td>2<tr><th>3</table>y",
            "<table><tbody><tr><td>x</td></tr><tr><td>1</td><td>2</td></tr>"
            "<tr><th>3</th></tr></tbody></table>y",
        ),
        (
            "<b><table><tr><td>x</b><td>y</table>z",
            "<table><tbody><tr><td><strong>x</strong></td><td><strong>y</strong></td></tr></tbody>"
            "</table><strong>z</strong>",
        ),
        ("<table><table>x", "<table></table><table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("<td>x</td><tr>y", "xy"),
        ("<dl><dt>Dose</dt><dd>1 g</dd></dl>", "<p>Dose</p><p>1 g</p>"),
        ("<svg><p>x</p></svg>y<title>z", "<p>x</p>y<p>z</p>"),
        ("pH <7, a<b, l<sup", "pH &lt;7, a&lt;b, l&lt;sup"),
        ("x<!-- y --><!doctype z><?php z ?>z</>", "xz"),
        (
            "<a href='/?a=1&copy=2&amp;b'>x</a>",
            '<a href="/?a=1&amp;copy=2&amp;b" rel="noopener">x</a>',
        ),
        ("&copy &eacute;&#128;&am<!-- -->p;", "© é€&amp;amp;"),
    ],
)
def test_tags_nest_as_browsers_nest_them_and_no_word_is_lost(typed, kept):
    assert clean_html(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<pre>\n\n\nx</pre>", "<pre>x</pre>"),
        ("<pre><em></em>\n\nx</pre>", "<pre>x</pre>"),
        ("a&#13;b&#13;\nc", "a\nb\nc"),
        ('<abbr title="a&#13;b">x</abbr>', '<abbr title="a\nb">x</abbr>'),
        ("<table><caption></caption><caption></caption></table>", "<table></table>"),
        ("<table>&nbsp;\u202f</table>", "<table>  </table>"),
        (
            "<table data-caption='a'><caption>b</caption></table>",
            "<table><caption>b</caption></table>",
        ),
        ("x\ufdd0&#xfdd0;", "x"),
    ],
)
def test_what_a_second_cleaning_changed_once(typed, kept):
    assert clean_html(typed) == kept
    assert clean_html(kept) == kept


def test_cleaning_any_html_twice_changes_nothing():
    """`make proof` tries more of them."""
    for seed in range(3_000):
        assert_one_cleaning_is_enough(any_html(seed))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/=\"' pabihdvscrt&;:#1é\u00a0", max_size=120))
def test_cleaning_twice_changes_nothing(html):
    once = clean_html(html)
    assert clean_html(once) == once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            '<table data-caption="Doses &amp; âges"><tbody><tr><th><p>Âge</p></th>'
            "</tr><tr><td><p>1 an</p></td></tr></tbody></table>",
            '<table><caption>Doses &amp; âges</caption><thead><tr><th scope="col">'
            "Âge</th></tr></thead><tbody><tr><td>1 an</td></tr></tbody></table>",
        ),
        (
            '<p>Un<a href="#note-1"><sup>1</sup></a></p>',
            '<p>Un<sup><a href="#note-1" rel="noopener">1</a></sup></p>',
        ),
        (
            "<ul><li><p>un</p></li><li><p>deux</p><ul><li><p>trois</p></li></ul></li></ul>",
            "<ul><li>un</li><li><p>deux</p><ul><li>trois</li></ul></li></ul>",
        ),
        (
            '<table data-caption="&lt;img src=x onerror=alert(1)&gt;"><tbody><tr><td>'
            "1</td></tr></tbody></table>",
            None,
        ),
    ],
)
def test_what_the_editor_cannot_hold_is_restored(typed, kept):
    cleaned = clean_html(typed)
    assert kept is None or cleaned == kept
    assert clean_html(cleaned) == cleaned
    assert "<img" not in cleaned
