"""The line is cut, the tab closed, the session over, another editor there: the text is there
again."""

import pytest
from django.contrib.sessions.models import Session

from articles.models import Article
from editing.models import Autosave, Presence
from magazine.models import SitePage
from tests.accessibility import check
from tests.browsing import sign_in
from tests.factories import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READY = "() => document.querySelector('.ProseMirror[contenteditable]')?.editor?.isInitialized"
LISTENS = 600  # the form hears keys half a second after it was opened
BOX = ".ProseMirror[contenteditable]"


@pytest.fixture
def article(transactional_db):
    return make_article(published=False, title="Avant", body="<p>Premier.</p>")


@pytest.fixture
def bruno(transactional_db):
    return make_author("Bruno", member=True, role="EDITOR")


@pytest.fixture
def page(quiet_page, live_server, bruno, article):
    sign_in(quiet_page, live_server, bruno)
    open_form(quiet_page, live_server, article)
    return quiet_page


def open_form(page, live_server, article):
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_function(READY)
    page.wait_for_timeout(LISTENS)


def write(page, words):
    page.locator(BOX).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def wait_until_kept(page):
    page.wait_for_selector(".kept-state:has-text('Gardé à')")


def text_of(page):
    return page.locator(BOX).inner_text()


def test_closed_tab_finds_its_text_again_on_another_machine(page, live_server, article, browser):
    write(page, " Deuxième.")
    page.fill("[name=title]", "Après")
    wait_until_kept(page)
    cookies = page.context.cookies()
    page.close(run_before_unload=False)
    other = browser.new_context()  # nothing of the closed tab is here
    other.add_cookies(cookies)
    again = other.new_page()
    open_form(again, live_server, article)
    check(again)
    again.click("text=Le reprendre")
    assert again.input_value("[name=title]") == "Après"
    assert "Deuxième." in text_of(again)
    again.click("[name=_continue]")
    again.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert article.body == "<p>Premier. Deuxième.</p>"
    assert not Autosave.objects.exists()
    open_form(again, live_server, article)
    assert again.locator(".draft-found").count() == 0
    other.close()


def test_cut_line_is_told_and_what_was_typed_is_kept_once_it_is_back(
    browser, live_server, article, bruno
):
    context = browser.new_context()  # its console may tell of the line
    page = context.new_page()
    sign_in(page, live_server, bruno)
    open_form(page, live_server, article)
    context.set_offline(True)
    write(page, " Hors ligne.")
    page.wait_for_selector(".kept-state[data-lost]:has-text('la ligne est coupée')")
    assert not Autosave.objects.exists()
    context.set_offline(False)
    wait_until_kept(page)
    assert "Hors ligne." in Autosave.objects.get().content["id_body"][0]
    context.close()


def test_ended_session_is_told_and_goes_on_after_signing_in_elsewhere(
    page, live_server, article, bruno
):
    Session.objects.all().delete()
    write(page, " Sans session.")
    page.wait_for_selector(".kept-state[data-lost]:has-text('Votre session a expiré')")
    sign_in(page.context.new_page(), live_server, bruno)
    wait_until_kept(page)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert "Sans session." in article.body


def test_other_editor_is_seen_and_both_texts_stay(page, live_server, article, browser):
    context = browser.new_context()
    other = context.new_page()
    sign_in(other, live_server, make_author("Verveine", member=True, role="EDITOR"))
    open_form(other, live_server, article)
    other.wait_for_selector(".company:has-text('Bruno')")
    other.click("text=Prendre la main")
    write(other, " De Verveine.")
    wait_until_kept(other)
    write(page, " De Bruno.")
    page.wait_for_selector(".company:has-text('Verveine a pris la main')")
    other.click("[name=_continue]")
    other.wait_for_selector(".messagelist")
    page.click("[name=_continue]")
    page.wait_for_selector(".conflicts")
    check(page)
    assert "De Verveine." in page.locator(".conflicts").inner_text()
    assert "De Bruno." in text_of(page)
    page.locator(".conflicts input").first.check()
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    article.refresh_from_db()
    assert article.body == "<p>Premier. De Bruno.</p>"
    context.close()


def test_text_that_is_taken_up_again_overwrites_nobody(page, live_server, article):
    write(page, " De Bruno.")
    wait_until_kept(page)
    page.close(run_before_unload=False)
    Article.objects.update(title="Leur titre", body="<p>Leur dose.</p>")  # saved by another
    Presence.objects.all().delete()
    again = page.context.new_page()
    open_form(again, live_server, article)
    again.click("text=Le reprendre")
    again.click("[name=_continue]")
    again.wait_for_selector(".conflicts:has-text('Leur dose.')")
    article.refresh_from_db()
    assert article.body == "<p>Leur dose.</p>"


def test_refused_text_is_kept_again(page):
    write(page, " De Bruno.")
    page.fill("[name=title]", "")
    wait_until_kept(page)
    page.click("[name=_continue]")
    page.wait_for_selector("[data-error-summary]")
    wait_until_kept(page)
    kept = Autosave.objects.get()
    assert kept.tab == page.input_value("[name=draft]")
    assert "De Bruno." in kept.content["id_body"][0]


def test_own_second_tab_is_named(page, live_server, article):
    second = page.context.new_page()
    open_form(second, live_server, article)
    second.wait_for_selector(".company:has-text('un autre de vos onglets')")


def test_pages_of_the_site_are_kept_too(page, live_server):
    row = SitePage.objects.first()
    address = f"{live_server.url}/admin/magazine/sitepage/{row.pk}/change/"
    page.goto(address)
    page.wait_for_function(READY)
    page.wait_for_timeout(LISTENS)
    page.fill("[name=title]", "Un autre titre")
    wait_until_kept(page)
    page.close(run_before_unload=False)
    assert Autosave.objects.get().content["id_title"][0] == "Un autre titre"
