"""No key that is typed behind a picture, a table, a note or a rule replaces one of them."""

import pytest

from lib.html.policy import clean_html
from tests.browsing import sign_in
from tests.factories import make_article, make_author, make_picture
from tests.paste.documents import go_to_the_end

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = ".ProseMirror[contenteditable]"
TABLE = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
NOTES = (
    '<p>Un<sup><a href="#note-1" rel="noopener">1</a></sup></p>'
    '<section class="footnotes"><ol><li id="note-1">Note.</li></ol></section>'
)
READY = "() => document.querySelector('.ProseMirror[contenteditable]')?.editor?.isInitialized"
VALUE = "() => document.querySelector('textarea[data-words]').value"


@pytest.fixture
def figure(transactional_db):
    return f'<figure><img src="/media/{make_picture(alt="Un chat").name}" alt="Un chat"></figure>'


@pytest.fixture
def opened(quiet_page, live_server, transactional_db):
    """Open a text in the editor; return the page and what reads the text that would be saved."""

    def open_text(body):
        article = make_article(published=False, body=body)
        sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
        quiet_page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
        quiet_page.wait_for_function(READY)
        return quiet_page

    return open_text


def saved(page):
    return clean_html(page.evaluate(VALUE))


def write_at_the_end(page, text):
    go_to_the_end(page)
    page.keyboard.type(text)


@pytest.mark.parametrize("key", ["suite", "é"])
def test_key_behind_an_inserted_picture_replaces_nothing(opened, figure, key):
    page = opened("<p>Avant</p>")
    page.locator(f"{BOX} p").first.click()
    page.keyboard.press("End")
    page.click("[data-name=figure]")
    page.wait_for_selector(".picker__choice")
    page.locator(".picker__choice input").first.check()
    page.locator(".picker button[type=submit]").click()
    page.wait_for_selector(f"{BOX} figure")
    page.keyboard.type(key)
    assert saved(page) == f"<p>Avant</p>{figure}<p>{key}</p>"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert saved(page) == "<p>Avant</p>"


def test_key_behind_an_inserted_table_or_rule_replaces_nothing(opened):
    page = opened("<p>Avant</p>")
    write_at_the_end(page, "")
    page.evaluate(
        f"() => document.querySelector('{BOX}').editor.chain().focus()"
        ".insertTable({rows: 1, cols: 2, withHeaderRow: false}).run()"
    )
    page.keyboard.type("suite")
    page.click("[data-name=horizontalRule]")
    page.keyboard.type("fin")
    table = "<table><tbody><tr><td></td><td></td></tr></tbody></table>"
    assert saved(page) == f"<p>Avant</p>{table}<p>suite</p><hr><p>fin</p>"


@pytest.mark.parametrize("last", [TABLE, NOTES, "<p>x</p><hr>"])
def test_text_can_go_on_behind_what_ends_it(opened, last):
    page = opened(f"<p>Avant</p>{last}")
    assert page.evaluate(VALUE) == clean_html(f"<p>Avant</p>{last}")  # opening changes nothing
    write_at_the_end(page, "suite")
    assert saved(page) == clean_html(f"<p>Avant</p>{last}<p>suite</p>")


def test_text_that_is_only_a_picture_is_not_replaced_by_what_is_typed(opened, figure):
    page = opened(figure)
    page.locator(BOX).focus()
    page.keyboard.type("suite")
    assert saved(page) == f"{figure}<p>suite</p>"


def test_key_on_a_chosen_picture_writes_behind_it(opened, figure):
    page = opened(f"<p>Avant</p>{figure}<p>Après</p>")
    page.locator(f"{BOX} figure img").click()
    page.keyboard.type("a")
    assert "<img" in saved(page)
    assert saved(page).endswith("<p>aAprès</p>")


def test_what_is_opened_and_saved_is_what_it_was(opened, figure):
    body = f"<p>Avant <s>4 g</s> 3 g</p>{figure}"
    page = opened(body)
    write_at_the_end(page, "x")
    page.keyboard.press("Backspace")
    assert saved(page) == body


CALL = '<sup><a href="#note-1" rel="noopener">1</a></sup>'
NOTE = '<section class="footnotes"><ol><li id="note-1">Note.</li></ol></section>'


def add_a_note(page):
    page.click("[data-name=footnote]")
    page.fill("dialog textarea", "Autre.")
    page.click("dialog button[type=submit]")
    page.wait_for_selector(f"{BOX} .footnotes li:has-text('Autre.')")


def test_words_typed_before_a_call_are_none_of_it_and_stay(opened):
    page = opened(f"<p>{CALL}</p><p>Fin</p>{NOTE}")
    page.locator(f"{BOX} p").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("Dose 2")
    assert saved(page) == f"<p>Dose 2{CALL}</p><p>Fin</p>{NOTE}"
    add_a_note(page)
    assert "<p>Dose 2<sup>" in saved(page)


def test_words_that_lead_to_a_note_stay_when_notes_are_numbered_anew(opened):
    words = '<a href="#note-1" rel="noopener">voir la note</a>'
    page = opened(f"<p>Un{CALL}, {words}</p>{NOTE}")
    page.evaluate(f"() => document.querySelector('{BOX}').editor.commands.setTextSelection(1)")
    add_a_note(page)
    assert words.replace("note-1", "note-2") in saved(page)


def test_note_that_a_key_cuts_in_two_has_one_number(opened):
    page = opened(f"<p>Un{CALL}</p>{NOTE}")
    page.locator(f"{BOX} .footnotes p").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Suite")
    assert saved(page).count('id="note-1"') == 1


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_chosen_picture_goes_with_its_figure(opened, figure, key):
    page = opened(f"<p>Avant</p>{figure}<p>Après</p>")
    page.locator(f"{BOX} figure img").click()
    page.keyboard.press(key)
    assert page.locator(f"{BOX} figure").count() == 0
    assert saved(page) == "<p>Avant</p><p>Après</p>"


def test_what_is_pasted_on_a_chosen_picture_stands_behind_it(opened, figure):
    page = opened(f"<p>Avant</p>{figure}<p>Après</p>")
    page.locator(f"{BOX} figure img").click()
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", "<p>Collé</p>");
          document.querySelector(".ProseMirror[contenteditable]").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    assert saved(page) == f"<p>Avant</p>{figure}<p>ColléAprès</p>"


def test_item_that_begins_with_something_else_than_words_stays_one(opened, figure):
    body = (
        f"<ul><li><ul><li>a</li></ul></li><li><h2>b</h2></li></ul><p>Un{CALL}</p>"
        f'<section class="footnotes"><ol><li id="note-1">{figure}<p>c</p></li></ol></section>'
    )
    page = opened(body)
    page.evaluate(f"() => document.querySelector('{BOX}').editor.commands.setTextSelection(4)")
    write_at_the_end(page, "x")
    assert saved(page) == f"{body}<p>x</p>"
