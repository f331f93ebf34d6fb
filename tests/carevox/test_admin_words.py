"""The admin speaks French, and English: no sentence of Django's that an editor would not say."""

import re
from pathlib import Path

import django
import polib
import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import override

from carevox.admin import headings, menu
from tests.admin_screens import fill, screens, superuser, words

pytestmark = pytest.mark.untraced
ROOT = Path(__file__).resolve().parent.parent.parent
STOCK = Path(django.__file__).parent / "contrib" / "admin" / "locale"
OURS = ROOT / "locale" / "stock" / "fr" / "LC_MESSAGES"
SAME = {"Action", "Source", "Sources", "Permissions", "Date", "Place", "Version", "Versions"}
ONE_FORM = {
    "fr": r"\d{1,2} \w+\.? \d{4}(, \d\d:\d\d)?",
    "en": r"\d{1,2} \w+\.? \d{4}(, \d\d:\d\d)?",
}
OTHER_FORMS = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\d{4} (at |à )?\d{1,2}( h |:)\d\d"
    r"|\b[ap]\.m\.|\bnoon\b|\bmidnight\b|\b1er \w+ \d{4}|\w+\.? \d{1,2}, \d{4}"
    r"|\b\d{1,2} (janvier|février|septembre|octobre|novembre|décembre) \d{4}"
    r"|\b\d{1,2} (January|February|August|September|October|November|December) \d{4}"
)


def pattern(text):
    """Return what finds the sentence whatever stands in its places."""
    parts = re.split(r"%\(\w+\)[sd]|%s|\{\w*\}", text.strip())
    return re.compile(".+?".join(re.escape(part) for part in parts))


def stock(language, name="django"):
    path = STOCK / language / "LC_MESSAGES" / f"{name}.po"
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def clumsy():
    """Return what Django's French says where we say it otherwise, as whole texts of a page."""
    theirs = stock("fr")
    said = [
        theirs[entry.msgid]
        for entry in polib.pofile(str(OURS / "django.po"))
        if entry.msgid in theirs
    ]
    texts = [
        text for entry in said for text in (entry.msgstr, *entry.msgstr_plural.values()) if text
    ]
    ours = {entry.msgstr for entry in polib.pofile(str(OURS / "django.po"))}
    return [pattern(text) for text in texts if text not in ours]


def english():
    """Return the sentences of Django's admin that are to be read in English only."""
    return [
        pattern(text)
        for text in stock("en")
        if re.search("[A-Za-z]{2}", text)
        and text not in SAME
        and text != "%(class_name)s %(instance)s"
    ]


def french():
    """Return our own words that have another form in English."""
    catalogue = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return {
        entry.msgid for entry in catalogue if entry.msgid != entry.msgstr and not entry.msgid_plural
    }


def remaining(pages, patterns):
    return sorted(
        {
            (screen, text)
            for screen, found in pages
            for text in found
            for wanted in patterns
            if wanted.fullmatch(text)
        }
    )


def texts_of(answer):
    return words(answer.content.decode()) if answer.status_code in {200, 422} else []


@pytest.fixture
def client_of_all(as_, db):
    fill()
    return as_(superuser())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_screen_names_its_thing(client_of_all, language):
    odd, seen = [], 0
    for screen, model, row, answer in screens(client_of_all, language):
        if answer.status_code not in {200, 422}:
            continue
        seen += 1
        html = answer.content.decode()
        shown = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
        if not shown or not re.search(r"<title>[^<]*\S - [^<]+</title>", html):
            odd.append((screen, "no heading or title"))
            continue
        heading = words(shown[1])
        with override(language):
            wanted = {
                "list": [headings.of_list(model._meta)] if model else None,
                "add": [headings.of_new(model._meta)] if model else None,
                "change": [" ".join(str(row).split())],
            }.get(screen.partition(" ")[2])
        if model and model._meta.label_lower in {"magazine.sitesettings", "readings.blocktally"}:
            continue  # one row; figures
        if wanted and heading != wanted:
            odd.append((screen, heading, wanted))
    assert odd == []
    assert seen > 120


def test_no_clumsy_sentence_of_djangos_remains_in_french(client_of_all):
    pages = [(screen, texts_of(answer)) for screen, _m, _r, answer in screens(client_of_all, "fr")]
    assert remaining(pages, clumsy()) == []
    assert remaining(pages, english()) == []


def test_no_french_word_of_ours_stands_in_an_english_page(client_of_all):
    known = french()
    found = {
        (screen, text)
        for screen, _m, _r, answer in screens(client_of_all, "en")
        for text in texts_of(answer)
        if text.rstrip(" :") in known and text != "Français"
    }
    assert sorted(found) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_dates_and_times_have_one_form(client_of_all, language):
    odd, dates = set(), 0
    for screen, _model, _row, answer in screens(client_of_all, language):
        for text in texts_of(answer):
            dates += bool(re.fullmatch(ONE_FORM[language], text))
            if OTHER_FORMS.search(text):
                odd.add((screen, text))
    assert sorted(odd) == []
    assert dates > 20


def test_crawl_finds_a_stock_sentence_and_an_other_date():
    """The tests above can fail: this is what they would meet."""
    page = words(
        "<h1>Sélectionnez l’objet article à changer</h1><p>le 01/12/2026</p><a title='Add link'>"
    )
    assert remaining([("a", page)], clumsy()) == [("a", "Sélectionnez l’objet article à changer")]
    assert remaining([("a", page)], english()) == [("a", "Add link")]
    assert [text for text in page if OTHER_FORMS.search(text)] == ["le 01/12/2026"]


def test_every_sentence_that_we_replace_is_djangos():
    """A new release of Django may change its sentences: ours would then go unheard."""
    for name in ("django", "djangojs"):
        known = set(stock("en", name))
        ours = polib.pofile(str(OURS / f"{name}.po"))
        admins = [entry.msgid for entry in ours if entry.tcomment != "elsewhere"]
        assert [msgid for msgid in admins if msgid not in known] == []
        compiled = polib.mofile(str(OURS / f"{name}.mo"))
        assert {(entry.msgid, entry.msgstr) for entry in compiled} == {
            (entry.msgid, entry.msgstr) for entry in ours
        }


def test_each_model_has_its_place_in_the_menu_and_its_word_for_a_new_one(rf, client_of_all):
    request = rf.get("/admin/")
    request.user = LogEntry.objects.first().user.__class__.objects.get(is_superuser=True)
    labels = {label for _name, labels in menu.GROUPS.values() for label in labels}
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == labels
    may_add = {
        model._meta.label_lower
        for model, model_admin in admin.site._registry.items()
        if model_admin.has_add_permission(request)
    }
    assert may_add == set(headings.NEW)
    assert headings.LISTS.keys() <= registered
