"""French spaces on display: in plain text, through the tags of HTML, between digits."""

import re
from html import unescape
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.html.policy import clean_html
from lib.text import plain_text
from lib.writing.typography import typography, typography_html

SIGNS = "ab é«»;:!?%€'’ 12.,-+0\u00a0\u202f"
TAGS = (
    "<strong>",
    "<em>",
    "<a href='/x'>",
    "<code>",
    "<sup>",
    "</strong>",
    "</em>",
    "</a>",
    "<br>",
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Bonjour !", "Bonjour\u202f!"),
        ("Bonjour!", "Bonjour\u202f!"),
        ("Quoi ?!", "Quoi\u202f?!"),
        ("« oui »", "«\u202foui\u202f»"),
        ("«oui»", "«\u202foui\u202f»"),
        ("Note : bien", "Note\u00a0: bien"),
        ("50 %", "50\u00a0%"),
        ("50% des cas", "50\u00a0% des cas"),
        ("un ; deux", "un\u202f; deux"),
        ("l'eau", "l’eau"),
        ("l'« affaire »", "l’«\u202faffaire\u202f»"),
        ("(voir plus bas): suite", "(voir plus bas)\u00a0: suite"),
        ("12:30", "12:30"),
        ("http://a.b/c?d;e!", "http://a.b/c?d;e!"),
        ("HTTPS://a.b/l'eau;x !", "HTTPS://a.b/l'eau;x\u202f!"),
        ("voir https://a.b/?x=1 ; puis", "voir https://a.b/?x=1\u202f; puis"),
        ("« Quoi ? », dit-il", "«\u202fQuoi\u202f?\u202f», dit-il"),
        ("« un « deux » trois »", "«\u202fun «\u202fdeux\u202f» trois\u202f»"),
        ("vite... non !", "vite... non\u202f!"),
        ("Est-ce vrai ?!?", "Est-ce vrai\u202f?!?"),
        ("(vraiment ?)", "(vraiment\u202f?)"),
        ("à 8:30 : départ", "à 8:30\u00a0: départ"),
        ("le ratio 3:1", "le ratio 3:1"),
        ("37,5 % et 0,3 ‰", "37,5\u00a0% et 0,3\u00a0‰"),
        ("mailto:a@b.fr ; puis", "mailto:a@b.fr\u202f; puis"),
        ("écrire à a.b@example.org : oui", "écrire à a.b@example.org\u00a0: oui"),
        ("www.example.org/a;b?c=d&e:f !", "www.example.org/a;b?c=d&e:f\u202f!"),
        ("500 mg par jour", "500\u00a0mg par jour"),
        ("aujourd'hui l'été", "aujourd’hui l’été"),
        ("déjà\u00a0!", "déjà\u202f!"),
        ("Titre :", "Titre\u00a0:"),
        ("", ""),
    ],
)
def test_french_spaces(typed, shown):
    assert typography(typed) == shown


@pytest.mark.parametrize(
    "apart",
    [
        "En 2023 300 cas",
        "le 15 112 114",
        "le 15 17 18 112 114",
        "les 112 114 116 117",
        "La Covid-19 300 cas",
        "H1N1 200 cas",
        "à 8:30 100 personnes",
        "le 2023-05-12 300 cas",
        "10^3 000",
        "au 1/3 300 cas",
        "le 3.5 200",
        "12 34",
        "12 34 567",
        "1 234 56",
        "10 000 1",
        "1 2 3 000",
        "116 006 15",
    ],
)
def test_digits_that_are_no_one_number_stay_apart(apart):
    spaces = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d)")
    shown = typography(apart)
    assert not spaces.search(shown), ascii(shown)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1 000 €", "1_000\u00a0€"),
        ("10 000 pas", "10_000 pas"),
        ("1 000 000, puis 20 000", "1_000_000, puis 20_000"),
        ("-10 000,50", "-10_000,50"),
        ("de 20 000-30 000", "de 20_000-30_000"),
        ("En 2023 300 000 cas", "En 2023 300_000 cas"),
        ("vitamine B12 100 000 UI", "vitamine B12 100_000 UI"),
        ("de 10 000 20 000 ont", "de 10_000 20_000 ont"),
        ("le 116 117", "le 116_117"),
    ],
)
def test_groups_of_one_number_are_joined(typed, shown):
    assert typography(typed) == shown.replace("_", "\u202f")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("le 01 40 05 48 48.", "le 01_40_05_48_48."),
        ("le +32 2 555 12 12.", "le +32_2_555_12_12."),
        ("01 40 05 48 48 24 heures", "01_40_05_48_48 24_heures"),
        ("+33 1 40 05 48 48", "+33_1_40_05_48_48"),
        ("0 800 23 13 13", "0_800_23_13_13"),
        ("0 800 123 456", "0_800_123_456"),
        ("15 01 40 05 48 48", "15 01_40_05_48_48"),
    ],
)
def test_telephone_numbers_hold_together(typed, shown):
    assert typography(typed) == shown.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<p>l'<strong>hôpital</strong> et d'<em>eau</em></p>",
            "<p>l’<strong>hôpital</strong> et d’<em>eau</em></p>",
        ),
        ("<p><strong>Attention</strong>: x</p>", "<p><strong>Attention</strong>\u00a0: x</p>"),
        ("<p><em>Oui</em>! <b>50</b>%</p>", "<p><em>Oui</em>\u202f! <b>50</b>\u00a0%</p>"),
        ("<p>Vrai <a href='/'>?</a></p>", "<p>Vrai\u202f<a href='/'>?</a></p>"),
        ("<p>Vrai<a href='/'> ?</a></p>", "<p>Vrai<a href='/'>\u202f?</a></p>"),
        ("<p>«<em>oui</em>»</p>", "<p>«\u202f<em>oui</em>\u202f»</p>"),
        ("<p><b>1</b> 000 <i>mg</i></p>", "<p><b>1</b>\u202f000\u00a0<i>mg</i></p>"),
        ("<p>En <b>2023</b> 300 cas</p>", "<p>En <b>2023</b> 300 cas</p>"),
        ("<p>a1<sup><a>1</a></sup>: b</p>", "<p>a1<sup><a>1</a></sup>: b</p>"),
        ("<p>mot<sup><a>1</a></sup>: b</p>", "<p>mot<sup><a>1</a></sup>\u00a0: b</p>"),
        ("<p>10 000<sup>2</sup></p>", "<p>10\u202f000<sup>2</sup></p>"),
        ("<p>fin</p><p>; x</p>", "<p>fin</p><p>; x</p>"),
        ("<td>2</td> <td>300</td>", "<td>2</td> <td>300</td>"),
        ("<td>2 </td><td>300</td>", "<td>2 </td><td>300</td>"),
        ("l&#x27;<b>&lt;eau&gt;</b>", "l'<b>&lt;eau&gt;</b>"),
        ("l&#x27;<b>eau</b> &amp; x !", "l’<b>eau</b> &amp; x\u202f!"),
        ("<code>l'eau ;", "<code>l'eau ;"),
    ],
)
def test_rules_see_through_tags(html, shown):
    assert typography_html(html) == shown


def test_typography_leaves_code_and_attributes():
    html = '<p title="a !">Oui !</p><code>x ; y !</code>'
    assert typography_html(html) == '<p title="a !">Oui\u202f!</p><code>x ; y !</code>'


def test_typography_leaves_addresses_and_code_across_tags():
    html = (
        '<p>Voir <a href="https://a.b/?x=1;y">https://a.b/?x=1;y!</a> ; <kbd>a ; b</kbd> '
        "<em>oui</em> !</p><pre><code>if a ? b : c ;</code></pre>"
    )
    shown = typography_html(html)
    assert (
        'href="https://a.b/?x=1;y">https://a.b/?x=1;y!</a>\u202f; <kbd>a ; b</kbd> '
        "<em>oui</em>\u202f!"
    ) in shown
    assert shown.endswith("<pre><code>if a ? b : c ;</code></pre>")


def test_typography_keeps_escapes():
    assert typography_html("<p>&lt;b&gt; &amp; c !</p>") == "<p>&lt;b&gt; &amp; c\u202f!</p>"


@settings(max_examples=150)
@given(st.text(alphabet=SIGNS, max_size=40))
def test_typography_twice_is_typography_once(text):
    once = typography(text)
    assert typography(once) == once


@settings(max_examples=150)
@given(st.lists(st.one_of(st.text(alphabet=SIGNS, max_size=8), st.sampled_from(TAGS)), max_size=12))
def test_only_spaces_and_apostrophes_change_and_tags_stay_in_order(pieces):
    html = clean_html(f"<p>{''.join(pieces)}</p>")
    once = typography_html(html)
    assert typography_html(once) == once
    assert re.findall("<[^>]*>", once) == re.findall("<[^>]*>", html)
    bare = re.compile(r"\s+")
    assert bare.sub("", plain_text(once)).replace("’", "'") == bare.sub(
        "", plain_text(html)
    ).replace("’", "'")


@settings(max_examples=100)
@given(st.lists(st.text(alphabet=SIGNS, max_size=6), max_size=8))
def test_tags_inside_a_line_change_no_rule(pieces):
    """A page with and without its <em> reads the same."""
    text = "".join(pieces)
    if "@" in text or not text.strip():
        return
    html = "".join(f"<em>{piece}</em>" if n % 2 else piece for n, piece in enumerate(pieces))
    assert unescape(re.sub("<[^>]*>", "", typography_html(html))) == typography(text)


@pytest.mark.parametrize(
    "shape",
    [
        "<em>", "<code>", "</code>", "<", "«", "« ", " »", "1 000 ", "l'", "'", " !", "?!", "www.",
        "a@", "<em> </em>", "<b>l'</b>eau :", "\u202f", "01 ", "&", "15 112 ",
        "100 ", "1 000 000 12 ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(shape):
    def seconds(times):
        html = shape * times
        return min(_taken(html) for _ in range(3))

    assert seconds(6_000) <= 3 * seconds(3_000) + 0.01


def _taken(html):
    start = thread_time()
    typography_html(html)
    return thread_time() - start
