"""The search in a real browser: suggestions while typing, accessibility, widths."""

import pytest

from tests.accessibility import check
from tests.search.search_corpus import make_corpus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def corpus(transactional_db):
    return make_corpus()


def test_search_pages_are_accessible_and_fit(quiet_page, live_server, corpus):
    for path in (
        "?q=sommeil",
        "?q=melatonyne",
        "?q=médecin&type=auteurs",
        "?q=vaccin&type=themes",
        "?q=m&rubrique=famille",
        "",
    ):
        quiet_page.goto(f"{live_server.url}/recherche{path}")
        folded = quiet_page.locator("main details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        check(quiet_page)


def test_suggestions_come_while_typing_and_leave_nothing(quiet_page, live_server, corpus):
    quiet_page.goto(f"{live_server.url}/recherche")
    quiet_page.locator("#q").press_sequentially("mel")
    quiet_page.wait_for_selector("#q-suggestions option", state="attached")
    assert (
        quiet_page.locator("#q-suggestions option").get_attribute("value").startswith("Mélatonine")
    )
    assert quiet_page.context.cookies() == []
    assert quiet_page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    quiet_page.locator("#q").press("Escape")
    quiet_page.locator("#q").fill("mélatonine")
    quiet_page.locator("#q").press("Enter")
    quiet_page.wait_for_url("**/recherche?q=m%C3%A9latonine")
    assert "1 article répond" in quiet_page.locator(".results__status").inner_text()


def test_masthead_searches_from_any_page_without_javascript(browser, live_server, corpus):
    context = browser.new_context(
        java_script_enabled=False, locale="fr-FR", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(live_server.url)
    page.fill("#q-haut", "melatonyne")
    page.click(".masthead__search button")
    page.click("text=mélatonine >> nth=0")
    assert "Mélatonine" in page.locator(".results").first.inner_text()
    page.click("text=Filtrer >> nth=0")
    page.select_option("#rubrique", label="Famille")
    page.click("text=Appliquer les filtres")
    assert "Aucun article n’a tous ces mots" in page.locator(".results__status").inner_text()
    page.click("text=Cherchez sans les filtres")
    assert "1 article répond" in page.locator(".results__status").inner_text()
    context.close()
