"""A form of the admin that could not be saved says why at its top, and leads there."""

import pytest

from tests.accessibility import check
from tests.browsing import sign_in
from tests.factories import make_author, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "() => document.querySelector('.ProseMirror[contenteditable]')?.editor?.isInitialized"


@pytest.fixture
def page(quiet_page, live_server, transactional_db):
    make_section("Santé")
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    quiet_page.goto(f"{live_server.url}/admin/articles/article/add/")
    quiet_page.wait_for_function(READY)
    return quiet_page


def focused(page):
    return page.evaluate("() => document.activeElement.id || document.activeElement.className")


def test_errors_are_read_first_and_each_leads_to_its_field(page):
    page.fill("[name=standfirst]", "Un chapô qui reste.")
    page.select_option("[name=interests]", "DECLARED")
    page.fill("[name=sources-0-publisher]", "Une revue")
    page.click("[name=_continue]")
    page.wait_for_selector("[data-error-summary]")
    page.wait_for_function("() => document.activeElement.matches('[data-error-summary]')")
    check(page)
    said = page.locator("[data-error-summary]").inner_text()
    for words in ("Rubrique", "Titre", "Lesquels", "Source 1"):
        assert words in said
    assert page.input_value("[name=standfirst]") == "Un chapô qui reste."
    page.click("[data-error-summary] a:text-is('Titre')")
    assert focused(page) == "id_title"
    page.click("[data-error-summary] a:text-is('Rubrique')")
    assert "select2" in focused(page)
    page.click("[data-error-summary] a:has-text('Source 1')")
    assert focused(page).startswith("id_sources-0-")
    assert page.locator(".errornote").is_hidden()


def test_folded_part_with_an_error_is_open(page):
    page.click("summary:has-text('Réglages')")
    page.fill("[name=slug]", "pas un mot !")
    page.click("[name=_continue]")
    page.wait_for_selector("[data-error-summary]")
    page.click("[data-error-summary] a:has-text('adresse')")
    assert focused(page) == "id_slug"
    assert page.locator("[name=slug]").is_visible()
