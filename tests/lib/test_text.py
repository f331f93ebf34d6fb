import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import (
    excerpt,
    fold,
    is_mixed_script,
    look_alike_key,
    name_key,
    normalise_line,
    normalise_text,
    paragraphs_with_links,
    plain_text,
    reading_minutes,
    slugify_words,
    typography,
    typography_html,
    word_count,
)

# Titles and slugs seen on AgoraVox, which ran on SPIP.
SLUGS = [
    ("Quelques pistes de réflexion pour améliorer AgoraVox", "quelques-pistes-de-reflexion-pour"),
    (
        "Essayons d’améliorer ensemble les commentaires sur AgoraVox",
        "essayons-d-ameliorer-ensemble-les",
    ),
    ("AgoraVox souffle ses 10 bougies en 2015 !", "agoravox-souffle-ses-10-bougies-en"),
    ("Nouvelles enquêtes participatives sur Agoravox", "nouvelles-enquetes-participatives"),
    ("L’opinion", "l-opinion"),
    ("Médicaments & Soins", "medicaments-soins"),
    ("Œdème du poumon", "oedeme-du-poumon"),
]


@pytest.mark.parametrize(("title", "slug"), SLUGS)
def test_slug_follows_spip(title, slug):
    assert slugify_words(title) == slug


def test_slug_of_a_title_without_latin_letters_falls_back():
    assert slugify_words("健康 😀", fallback="article") == "article"


def test_one_very_long_word_is_cut():
    assert slugify_words("a" * 80) == "a" * 34


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
        ("12:30", "12:30"),
        ("http://a.b/c?d;e!", "http://a.b/c?d;e!"),
        ("voir https://a.b/?x=1 ; puis", "voir https://a.b/?x=1\u202f; puis"),
        ("1 000 €", "1\u202f000\u00a0€"),
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


@given(st.text(alphabet="ab é«»;:!?%€'’ 12.\u00a0\u202f", max_size=40))
def test_typography_twice_is_typography_once(text):
    once = typography(text)
    assert typography(once) == once


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


@pytest.mark.parametrize("text", ["a\u200bb", "a\u202eb", "a\x00b", "a\ufeffb", "a\u2066b"])
def test_invisible_characters_go(text):
    assert normalise_line(text) == "ab"


def test_lines_keep_their_paragraphs():
    assert normalise_text(" a \r\n\r\n\r\n\r\n b\t\tc ") == "a\n\nb c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chloé", "CHLOE"),
        ("Médecine-2.0", "medecine 20"),
        ("Оlivier", "Olivier"),
        ("Ｏlivier", "Olivier"),
        ("œuvre", "oeuvre"),
    ],
)
def test_names_that_look_alike_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m0derateur", "modérateur"),
        ("Chl0é", "CHLOÉ"),
        ("lsabelle", "Isabelle"),
        ("Bemard", "Bernard"),
        ("０livier !", "Olivier"),
    ],
)
def test_signs_pass_for_one_another_in_the_key_of_look_alikes(one, other):
    assert look_alike_key(one) == look_alike_key(other)


def test_scripts_are_told_apart():
    assert is_mixed_script("Моdérateur")
    assert not is_mixed_script("Chloé 2")


def test_comment_becomes_safe_paragraphs():
    html = paragraphs_with_links("<b>un</b>\ndeux\n\nvoir https://fr.wikipedia.org/wiki/A_(b).")
    assert html == (
        "<p>&lt;b&gt;un&lt;/b&gt;<br>deux</p>"
        '<p>voir <a href="https://fr.wikipedia.org/wiki/A_(b)" rel="nofollow ugc noopener">https://fr.wikipedia.org/wiki/A_(b)</a>.</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        'https://a"onmouseover=alert(1)',
        "https://<script>",
        "data:text/html,x",
    ],
)
def test_comment_links_never_carry_code(text):
    html = paragraphs_with_links(text)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert " onmouseover" not in html.replace("&quot;onmouseover", "")


def test_plain_text_and_words():
    assert plain_text("<h2>Un</h2><p>Deux &amp; trois<br>quatre</p>") == "Un\nDeux & trois\nquatre"
    assert word_count("<p>L’eau est-elle bleue ?</p>") == 3
    assert reading_minutes(0) == 1
    assert reading_minutes(441) == 3


def test_excerpt_is_cut_between_words():
    assert (
        excerpt("mot " * 100, 20) == "mot mot mot mot mot…" or len(excerpt("mot " * 100, 20)) <= 20
    )
    assert excerpt("court") == "court"


def test_fold_meets_across_accents():
    assert fold("Œdème") == "oedeme"
