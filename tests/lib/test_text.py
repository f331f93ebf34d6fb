import pytest

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
