"""Which characters of what people write are kept: all that XML can hold and a person can see."""

import sys
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.html.policy import clean_html
from lib.text import normalise_line, normalise_text
from lib.writing.characters import INVISIBLE, SHAPING, legible

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))
JOINED = {
    "emoji": ("👩‍⚕️", "❤️", "👨‍👩‍👧‍👦", "👩🏽‍🦰", "🏳️‍🌈", "🏴‍☠️", "🙂‍↔️", "🐦‍⬛", "1️⃣", "#️⃣", "❤︎", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    "Persian": ("می‌خواهم", "کتاب‌ها", "PDF‌ها", "ه‍."),
    "Devanagari": ("क्‍ष", "क्‌ष", "र्‍य"),
    "Bengali": ("র‍্য", "ক্‍"),
    "Sinhala": ("ශ්‍රී",),
    "Malayalam": ("ന്‍",),
    "Mongolian": ("ᠠ᠋", "ᠪ᠎ᠠ"),
    "Chinese": ("葛󠄀城",),
}
ACCENTS_AND_JOINERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ae<>= é̸́Ω\u2126\u212b👩❤#1ه‌کक्र葛\n\r\x0b\ufffe\ufdd0\ud83d"),
        st.sampled_from(
            "\u034f\u180e\u200b\u200c\u200d\u202e\ufe00\ufe0e\ufe0f\U000e0101🏴\U000e0067\U000e007f"
        ),
        st.characters(),
    ),
    max_size=20,
)


def allowed_in_xml(code):
    """https://www.w3.org/TR/xml/#charsets"""
    return (
        code in {0x9, 0xA, 0xD}
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


@pytest.mark.parametrize("clean", [legible, normalise_line, normalise_text])
def test_every_code_point_leaves_a_document_that_parses(clean):
    kept = clean(EVERYTHING)
    assert all(map(allowed_in_xml, map(ord, set(kept))))
    assert ElementTree.fromstring(f"<a>{escape(kept)}</a>").text
    kept.encode()


def test_every_code_point_in_a_rich_text_leaves_a_document_that_parses():
    for start in range(0, len(EVERYTHING), 200_000):
        html = clean_html(f"<p>{escape(EVERYTHING[start : start + 200_000])}</p>")
        assert all(map(allowed_in_xml, map(ord, set(html))))


@pytest.mark.parametrize("code", [0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF, 0x1B, 0x1, 0x200B])
def test_entity_of_a_character_that_goes_is_no_way_in(code):
    html = clean_html(f'<p title="&#{code};">a&#{code};b&#x{code:x};</p>')
    assert all(allowed_in_xml(ord(c)) and not INVISIBLE.match(c) for c in html)


def test_noncharacters_controls_and_halves_of_pairs_go():
    gone = {c for c in EVERYTHING if not legible(f"x{c}y").replace("x", "").replace("y", "")}
    assert {c for c in EVERYTHING if unicodedata.category(c) == "Cs"} <= gone
    assert {chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)} <= gone
    assert {chr(code) for code in range(0xFDD0, 0xFDF0)} <= gone
    visible = {c for c in gone if unicodedata.category(c)[0] in "LNPSZ"} - set("xy")
    assert visible == set("\u115f\u1160\u3164\uffa0\ufffc")  # fillers, and the mark of an object


@pytest.mark.parametrize("text", [text for texts in JOINED.values() for text in texts])
def test_joiners_of_emoji_and_scripts_stay(text):
    for kept in (text, f"Merci {text} !", f"{text}{text}"):
        assert legible(kept) == kept
        assert normalise_line(kept) == unicodedata.normalize("NFC", kept)
        assert clean_html(f"<p>{kept}</p>") == f"<p>{kept}</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("méd\u200decin", "médecin"),
        ("Chl\u200co\u200cé", "Chloé"),
        ("a\ufe0fb", "ab"),
        ("❤\ufe0f\ufe0f\ufe0e\U000e0101", "❤\ufe0f"),
        ("👩\u200d", "👩"),
        ("👩\u200d mot", "👩 mot"),
        ("ه\u200c\u200c\u200cه", "ه\u200cه"),
        ("mot\U000e0074\U000e0065", "mot"),
        ("a\x0bb\x0cc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("\u202eabc\u202c", "abc"),
    ],
)
def test_joiners_that_join_nothing_go(typed, kept):
    assert legible(typed) == kept


@settings(max_examples=200)
@given(ACCENTS_AND_JOINERS)
def test_cleaning_twice_is_cleaning_once(text):
    for clean in (legible, normalise_line, normalise_text):
        once = clean(text)
        assert clean(once) == once, clean.__name__


@given(ACCENTS_AND_JOINERS)
def test_an_accent_behind_a_tag_breaks_no_tag(text):
    html = clean_html(f"<p><em>\u0338{text.replace('<', '').replace('>', '')}</em>x</p>")
    assert html.startswith("<p>")
    assert html.endswith("x</p>")


def test_gate_of_invisible_characters_is_one_set():
    assert SHAPING in INVISIBLE.pattern
