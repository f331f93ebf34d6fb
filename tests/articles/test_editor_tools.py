"""The tools of writing: boxes, finding, counting, saving by key, one stop for the tool bar."""

import pytest

from tests.accessibility import violations
from tests.articles.test_admin_browser import BACK_IN_THE_TEXT, text_box
from tests.articles.test_editor_dialogs import opened, press_button, saved, select  # noqa: F401
from tests.factories import make_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_boxes_are_put_around_words_and_taken_away(opened):  # noqa: F811
    page, article = opened("<p>Boire</p><p>Autre</p>")
    select(page, 3)
    press_button(page, "box:do")
    box = '<section class="do"><ul><li>Boire</li></ul></section><p>Autre</p>'
    assert saved(page, article) == box
    assert violations(page) == []
    text_box(page).locator("li").click()
    press_button(page, "box:dont")
    assert saved(page, article) == box.replace('"do"', '"dont"')
    text_box(page).locator("li").click()
    press_button(page, "box:dont")
    assert saved(page, article) == "<ul><li>Boire</li></ul><p>Autre</p>"
    text_box(page).locator("p").last.click()
    press_button(page, "box:key-point")
    assert saved(page, article).endswith('<section class="key-point"><p>Autre</p></section>')


def test_pull_quote_is_set_and_unset(opened):  # noqa: F811
    page, article = opened("<p>Elle dit</p>")
    select(page, 3)
    press_button(page, "pullQuote")
    assert saved(page, article) == '<blockquote class="pull"><p>Elle dit</p></blockquote>'
    text_box(page).locator("p").first.click()
    press_button(page, "pullQuote")
    assert saved(page, article) == "<blockquote><p>Elle dit</p></blockquote>"


def test_video_of_another_site_is_a_picture_that_leads_there(opened):  # noqa: F811
    picture = make_picture(alt="Un geste")
    page, article = opened("<p>Avant</p>")
    select(page, 6)
    press_button(page, "media")
    page.fill("dialog [name=href]", "une vidéo")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog .dialog__error:has-text('Ce n’est pas une adresse')")
    page.fill("dialog [name=href]", "www.video.example/x")
    page.fill("dialog [name=caption]", "Le geste")
    page.keyboard.press("Enter")
    page.locator(".picker__choice").first.click()
    page.click("dialog [type=submit]")
    page.wait_for_selector(".ProseMirror figure img")
    image = f'<img src="/media/{picture.name}" alt="Un geste">'
    link = f'<a href="https://www.video.example/x" rel="noopener">{image}</a>'
    caption = "<figcaption>Le geste</figcaption>"
    assert f"<figure>{link}{caption}</figure>" in saved(page, article)


def test_words_are_found_whatever_their_spaces_and_replaced_in_one_step(opened):  # noqa: F811
    page, article = opened("<p>4\u202fg le matin, <strong>4 G</strong> le soir</p><p>4 g</p>")
    select(page, 1)
    page.keyboard.press("Control+f")
    page.keyboard.type("4 g")
    state = page.locator(".find__state")
    assert state.inner_text() == "1 sur 3"
    found = page.locator(".ProseMirror .found").all_inner_texts()
    assert "".join(found).replace("\u202f", " ") == "4 g4 G4 g"
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert state.inner_text() == "2 sur 3"
    page.keyboard.press("Shift+Enter")
    assert state.inner_text() == "1 sur 3"
    page.keyboard.press("Tab")
    page.keyboard.type("3 g")
    text_box(page).locator("p").last.click()
    page.keyboard.type("et 4 g ")
    assert state.inner_text() == "1 sur 4"
    page.click(".find >> text=Tout remplacer")
    assert state.inner_text() == "Remplacements : 4"
    page.focus(".find input")
    page.keyboard.press("Escape")
    page.wait_for_function(BACK_IN_THE_TEXT)
    assert page.locator(".found").count() == 0
    body = saved(page, article)
    assert body.startswith("<p>3 g le matin, <strong>3 g</strong> le soir</p>")
    assert body.count("3 g") == 4


def test_what_was_replaced_is_undone_at_once(opened):  # noqa: F811
    page, article = opened("<p>un un un</p>")
    select(page, 1)
    page.keyboard.press("Control+f")
    page.keyboard.type("un")
    page.keyboard.press("Tab")
    page.keyboard.type("deux")
    page.keyboard.press("Enter")
    assert text_box(page).locator("p").first.inner_text() == "deux un un"
    page.click(".find >> text=Tout remplacer")
    assert text_box(page).locator("p").first.inner_text() == "deux deux deux"
    page.keyboard.press("Escape")
    page.wait_for_function(BACK_IN_THE_TEXT)
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "document.querySelector('.ProseMirror[contenteditable] p').innerText !== 'deux deux deux'"
    )
    assert saved(page, article) in {"<p>deux un un</p>", "<p>un un un</p>"}


def test_nothing_is_found_and_it_is_said(opened):  # noqa: F811
    page, _ = opened("<p>un</p>")
    press_button(page, "find")
    page.keyboard.type("rien de tel")
    assert page.locator(".find__state").inner_text() == "Rien trouvé"


def test_words_and_minutes_are_counted_while_typing(opened):  # noqa: F811
    page, _ = opened("<p>Un mot</p>")
    count = page.locator(".word-count")
    assert count.inner_text() == "Mots : 2 · Lecture : 1 min"
    select(page, 7)
    page.keyboard.type(" puis l’autre")
    page.wait_for_selector(".word-count:has-text('Mots : 4 ')")


def test_from_title_to_text_to_save_without_the_mouse(opened):  # noqa: F811
    page, article = opened("<p>Avant</p>")
    page.locator("[name=title]").focus()
    stops = 0
    while not page.evaluate("document.activeElement.matches('.ProseMirror[contenteditable]')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 10
    page.keyboard.type("Suite ")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert "Suite" in article.body
    assert stops <= 4


def test_tool_bar_is_one_stop_and_arrows_go_through_it(opened):  # noqa: F811
    page, article = opened("<p>mot</p>")
    bar = page.locator("[role=toolbar]")
    assert bar.get_attribute("aria-label") == "Outils du texte"
    assert bar.locator("button[tabindex='0']").count() == 1
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Home")
    while page.evaluate("document.activeElement.dataset.name") != "bold":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror[contenteditable] strong")
    assert bar.locator("button[tabindex='0']").get_attribute("data-name") == "bold"
    assert saved(page, article) == "<p><strong>mot</strong></p>"


def test_text_fills_the_screen_and_comes_back(opened):  # noqa: F811
    page, _ = opened("<p>mot</p>")
    press_button(page, "fullscreen")
    page.wait_for_selector(".prose-editor.fullscreen")
    assert page.get_attribute("[data-name=fullscreen]", "title") == "Plein écran"
    box = text_box(page).bounding_box()
    assert box["width"] > 400
    page.keyboard.press("Escape")
    page.wait_for_selector(".prose-editor.fullscreen", state="detached")


def test_spaces_that_the_page_holds_together_are_shown(opened):  # noqa: F811
    text = "<p>Prendre 4 g, 1 000 mg : « jamais » 5 fois !</p>"
    page, _ = opened(text)
    shown = page.locator(".ProseMirror .prose-editor-nbsp")
    assert shown.count() == 7
    select(page, 1)
    page.keyboard.type("Quoi ? ")
    page.wait_for_function("() => document.querySelectorAll('.prose-editor-nbsp').length === 8")
