"""What cleaning does not keep is named; no word goes without being named."""

import random
import re
from contextlib import suppress

import pytest
from django.utils import translation

from lib.html.budget import TooLong
from lib.html.losses import KINDS, Losses, for_scripts, said
from lib.html.policy import TAGS, clean_html
from tests.lib.hostile_html import growth

FOREIGN = [
    *("b", "i", "div", "h1", "h6", "svg", "math", "msup", "mfrac", "font", "o:p", "del", "ins"),
    *("dl", "dt", "dd", "form", "input", "select", "option", "title", "textarea", "noscript"),
    *("nobr", "u", "image", "details", "summary", "ruby", "rt", "video", "object", "strike", "x"),
]

DOSE = "<p>Pas plus de <del>4 g</del><ins>3 g</ins> par jour.</p>"


def cleaned(html):
    losses = Losses()
    return clean_html(html, losses), losses


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (DOSE, "<p>Pas plus de <s>4 g</s>3 g par jour.</p>"),
        ("<p><s>4 g</s> 3 g</p>", "<p><s>4 g</s> 3 g</p>"),
        ("<p><strike>4 g</strike> 3 g</p>", "<p><s>4 g</s> 3 g</p>"),
        ('<p><span style="text-decoration:line-through">4 g</span></p>', "<p><s>4 g</s></p>"),
        (
            '<p STYLE="TEXT-DECORATION: underline LINE-THROUGH">4 g<p>3 g',
            "<p><s>4 g</s></p><p>3 g</p>",
        ),
        (
            '<p><a href="/x" style="text-decoration-line:line-through">x</a></p>',
            '<p><a href="/x" rel="noopener"><s>x</s></a></p>',
        ),
        (
            "<del><p>4 g</p><p>le soir</p></del><p>3 g</p>",
            "<p><s>4 g</s></p><p><s>le soir</s></p><p>3 g</p>",
        ),
        ("<p><del>4 g</p><p>encore</del> 3 g</p>", "<p><s>4 g</s></p><p><s>encore</s> 3 g</p>"),
        ("<s>1<s>2</s>3</s>", "<s>1<s>2</s>3</s>"),
        ('<ul style="text-decoration:line-through"><li>4 g</ul>', "<ul><li><s>4 g</s></li></ul>"),
        (
            '<table><tr style="text-decoration:line-through"><td>4 g</table>',
            "<table><tbody><tr><td><s>4 g</s></td></tr></tbody></table>",
        ),
    ],
)
def test_struck_text_stays_struck(typed, kept):
    assert cleaned(typed)[0] == kept
    assert clean_html(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            '<b style="font-weight:normal"><p>x <span style="font-weight:700">gras</span></p></b>',
            "<p>x <strong>gras</strong></p>",
        ),
        ('<h2><span style="font-weight:bold">x</span></h2>', "<h2>x</h2>"),
        (
            '<p>a<span style="font-style: italic">b</span><i style="font-style:normal">c</i></p>',
            "<p>a<em>b</em>c</p>",
        ),
        (
            '<p>CO<span style="vertical-align:sub;font-size:.6em">2</span></p>',
            "<p>CO<sub>2</sub></p>",
        ),
        ('<p>m<span style="vertical-align: 4.0px">2</span></p>', "<p>m<sup>2</sup></p>"),
        (
            '<table><tr><td style="vertical-align:sub">x</table>',
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        (
            "<p><kbd>Ctrl</kbd> <var>x</var> <tt>y</tt> <big>z</big></p>",
            "<p><code>Ctrl</code> <em>x</em> <code>y</code> z</p>",
        ),
        ("<h1>a</h1><h5>b</h5>", "<h2>a</h2><h4>b</h4>"),
        (
            "<p><bdo dir=rtl>a</bdo> <bdi>b</bdi> <font color=red>c</font><small>d</small></p>",
            "<p>a b cd</p>",
        ),
        ("<p>漢<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>", "<p>漢字 (ji)</p>"),
    ],
)
def test_looks_that_mean_something_are_kept_and_the_rest_is_tidied(typed, kept):
    html, losses = cleaned(typed)
    assert html == kept
    assert not losses


@pytest.mark.parametrize(
    ("typed", "kept", "counts"),
    [
        (DOSE, None, {"insertion": 1}),
        (
            '<p>a<img src="https://x.example/a.png"><img src="file:///b.png"></p>',
            "<p>a</p>",
            {"image": 2},
        ),
        ("<iframe src=//x.example>repli</iframe><p>b</p>", "<p>b</p>", {"frame": 1}),
        (
            "<video src=x>Le film</video><audio>Le son</audio>",
            "Le filmLe son",
            {"video": 1, "sound": 1},
        ),
        ("<object data=x>mot<embed src=y></object>", "mot", {"frame": 2}),
        (
            '<p><a href="page.html">a</a> <a href="file:///b">b</a> <a href="#_ftn1">c</a> '
            '<a name="x">d</a></p>',
            "<p>a b c d</p>",
            {"link": 3},
        ),
        (
            "<form><label>Nom <input value=Alice></label><input type=hidden value=x>"
            "<textarea><b>x</textarea><select><option>1<option>2</select><button>Oui</button></form>",
            None,
            {"control": 4},
        ),
        ("<dl><dt>Dose</dt><dd>1 g</dd></dl>", "<p>Dose</p><p>1 g</p>", {"definitions": 1}),
        (
            "<details><summary>Bref</summary><p>Boire.</p></details>",
            "<p>Bref</p><p>Boire.</p>",
            {"folded": 1},
        ),
        (
            '<figure><img src="//x.example/a.png" alt="Un"><figcaption>Vu</figcaption></figure>',
            "<p>Vu</p>",
            {"image": 1},
        ),
        ("<svg><text>Cœur</text></svg>", "Cœur", {"drawing": 1}),
        (
            "<math><msup><mn>10</mn><mn>9</mn></msup><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
            "<mn>2</mn></mfrac><msqrt><mn>2</mn></msqrt><annotation>10^9</annotation></math>",
            "10<sup>9</sup>(a+b)/2√(2)",
            {"formula": 1},
        ),
        (
            "<p><u>a</u><mark>b</mark><a href=/x><u>c</u></a></p>",
            None,
            {"underline": 1, "highlight": 1},
        ),
        (
            "<script>x()</script><template>y</template><style>p{}</style>z",
            "z",
            {"program": 1, "hidden": 1},
        ),
        (
            '<p>a<span style="display:none">b</span><span style="mso-hide:all">c</span></p>',
            "<p>a</p>",
            {"hidden": 2},
        ),
        ('<p style="display:none">x<p>y<div hidden>z</div>', "<p>y</p>", {"hidden": 2}),
        (
            '<p>a</p><div style="mso-element:comment-list"><p>Vérifier</p></div>',
            "<p>a</p>",
            {"comment": 1},
        ),
        (
            "<title>T</title><noscript>n</noscript><xmp><b></xmp>",
            "<p>T</p><p>n</p><pre>&lt;b&gt;</pre>",
            {},
        ),
        ("<p></p><p class=x style='color:red' id=y>a<o:p></o:p></p><!-- b -->", "<p>a</p>", {}),
    ],
)
def test_what_is_not_kept_is_counted(typed, kept, counts):
    html, losses = cleaned(typed)
    assert kept is None or html == kept
    assert losses.counts == counts
    assert clean_html(html) == html


def test_a_loss_is_said_with_its_place_and_its_words():
    _, losses = cleaned(
        "<img src=//x.example/a.png alt='Le schéma des doses'>"
        "<p>Ne dépassez pas la dose prescrite</p>"
        "<video></video><p>Ni l’avis</p><video></video>"
    )
    assert str(losses) == (
        "1 image « Le schéma des doses », au début ; "
        "2 vidéos, après « …dépassez pas la dose prescrite »"
    )
    assert said([Losses(), losses]).startswith("Le texte est enregistré, sauf : 1 image")
    assert said([Losses()]) == ""


def test_losses_are_said_in_english_too():
    with translation.override("en"):
        french = {str(word) for pair in KINDS.values() for word in pair}
        assert not [word for word in french if re.search("[éèàç’]", word)]
    assert for_scripts().keys() == {f"lost:{kind}{s}" for kind in KINDS for s in ("", "s")}


def test_no_word_goes_without_being_named():
    for seed in range(2_000):
        chance = random.Random(seed)
        names = chance.sample([*sorted(TAGS), *FOREIGN], chance.choice([2, 3, 5, 12]))
        tags = [f"{chance.choice(['<', '</'])}{chance.choice(names)}>" for _ in range(20)]
        html = "mot ".join(tags)
        kept, losses = cleaned(html)
        assert kept.count("mot") == html.count("mot"), html


@pytest.mark.parametrize(
    "shape",
    [
        "<p style='text-decoration:line-through'>x",
        "<span style='display:none'>x",
        "<b style='font-weight:400'>x</b>",
        "<math><msup>",
        "<x>",
        "<x></p>",
        "<p><x>",
        "<ul><x>",
        "<x><li>",
        "<img src=x>",
        "<textarea>",
        "<iframe>",
        "<ins>x</ins>",
        "<s><s>",
        "<p hidden>x",
    ],
)
def test_twice_the_text_takes_twice_the_time(shape):
    def read(html):
        with suppress(TooLong):
            clean_html(html, Losses())

    small, large = (shape * (chars // len(shape)) for chars in (60_000, 120_000))
    assert growth(read, small, large, enough=2.5) <= 2.5
