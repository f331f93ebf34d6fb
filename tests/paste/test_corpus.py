"""What programs put on the clipboard, sent by a form without scripts: no word is lost unnamed."""

import re

import pytest

from lib.html.losses import Losses
from lib.html.policy import clean_html
from tests.paste.documents import documents

DOCUMENTS = documents()
HTML = [document for document in DOCUMENTS if document.html]


def words(html):
    shown = re.sub(
        r"<(style|script|template|title|annotation|rp)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", html
    )
    return re.findall(r"[^\W\d_]{3,}", shown)


def test_corpus_is_large_and_each_document_has_what_is_expected():
    assert len(DOCUMENTS) >= 40
    assert all(document.expected for document in DOCUMENTS)
    assert {kind for document in DOCUMENTS for kind in document.losses} >= {
        *("image", "video", "sound", "frame", "control", "link", "comment", "hidden"),
        *("insertion", "formula", "drawing", "definitions", "folded", "note", "hyphen"),
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_is_expected_is_clean(document):
    assert clean_html(document.expected) == document.expected


@pytest.mark.parametrize("document", HTML, ids=lambda document: document.name)
def test_form_without_scripts_keeps_every_word_that_pasting_keeps(document):
    losses = Losses()
    kept = clean_html(document.html, losses)
    assert all(word in kept for word in words(document.expected))
    struck = re.findall(r"<s>(.*?)</s>", document.expected)
    # styles by class, and what our own pages say of struck text, are read in the browser only
    if not re.search("<style|unseen", document.html):
        assert all(f"<s>{passage.split('<')[0]}" in kept for passage in struck)
    told = document.losses.keys() - {"hyphen", "note", "hidden", "comment", "underline"}
    assert told <= losses.counts.keys()
