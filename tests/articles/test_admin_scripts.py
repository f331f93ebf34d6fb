"""What scripts say comes from the page, where gettext has translated it."""

import json
import re
from html import unescape
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from lib.prose.words import EDITOR_WORDS
from magazine.models import SitePage
from tests.browsing import sign_in
from tests.factories import make_article, make_author, make_picture

ROOT = Path(settings.BASE_DIR)
COMMENT = re.compile(r"^\s*//.*$|\s// .*$|/\*.*?\*/", re.MULTILINE | re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SENTENCE = re.compile(r"[àâçéèêëîïôûùœ’«»]|^[A-Z][a-z]+(?: \w+)+")
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def literals(script):
    code = COMMENT.sub("", script.read_text(encoding="utf-8"))
    return [match[1] or match[2] or "" for match in LITERAL.finditer(code)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_holds_words_for_people(script):
    known = {entry.msgid for entry in polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))}
    assert [text for text in literals(script) if SENTENCE.search(text) or text in known] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_hands_its_scripts_their_words_in_its_language(editor, language):
    page = f"/admin/articles/article/{make_article().pk}/change/"
    html = editor.get(page if language == "fr" else f"/en{page}").content.decode()
    words = json.loads(unescape(re.search(r'data-words="([^"]+)"', html)[1]))
    with translation.override(language):
        assert words == {name: str(word) for name, word in EDITOR_WORDS.items()}
        for name, text in (
            ("suggestions-label", "Mots-clés existants"),
            ("restore", "Le reprendre"),
            ("forget", "L’oublier"),
        ):
            assert f'data-{name}="{translation.gettext(text)}"' in unescape(html)
    assert "%(at)s" in html


def test_no_module_begins_to_load_before_the_import_map(editor):
    """Firefox would refuse the map, and with it the editor."""
    site_page = SitePage.objects.create(title="Une page", slug="une-page", body="<p>x</p>")
    for path in (
        "/admin/articles/article/add/",
        f"/admin/articles/article/{make_article().pk}/change/",
        f"/admin/magazine/sitepage/{site_page.pk}/change/",
    ):
        html = editor.get(path).content.decode()
        assert html.index('type="importmap"') < html.index('type="module"'), path


def test_library_counts_its_pictures_in_words(editor, monkeypatch):
    make_picture()
    found = editor.get("/admin/pictures/picture/choix/").json()
    assert (found["said"], found["more"]) == ("1 image", False)
    make_picture()
    assert editor.get("/admin/pictures/picture/choix/").json()["said"] == "2 images"
    monkeypatch.setattr("pictures.choosing.PAGE", 1)
    assert editor.get("/admin/pictures/picture/choix/").json()["more"] is True


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_scripts_of_the_english_admin_speak_english(quiet_page, live_server):
    page, article = quiet_page, make_article(published=False)
    make_picture(alt="Une lampe")
    sign_in(page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    page.goto(f"{live_server.url}/en/admin/articles/article/{article.pk}/change/")
    assert page.get_attribute("[data-name=bold]", "title") == "Bold"
    page.locator("[data-name=figure]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".picker__choice")
    said = page.locator(".picker").inner_text()
    for words in ("Picture from the library", "1 picture", "Caption", "Send a file", "Cancel"):
        assert words in said
    assert not re.search("[éèàç’]", said)
