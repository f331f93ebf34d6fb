"""Sharing, structured data and the contact form in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.accessibility import violations
from tests.factories import make_article, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(transactional_db):
    return make_article(
        section=make_section("Santé"), title="Le sel & l’eau </script>", body="<p>Un texte.</p>"
    )


def test_address_is_copied_and_the_structured_data_disturbs_nobody(
    quiet_page, live_server, article
):
    quiet_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    quiet_page.goto(live_server.url + article.get_absolute_url())
    assert (
        quiet_page.evaluate(
            "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'].length"
        )
        == 5
    )
    quiet_page.click("text=Copier l’adresse")
    quiet_page.wait_for_selector("text=Adresse copiée")
    assert (
        quiet_page.evaluate("navigator.clipboard.readText()")
        == f"http://localhost{article.get_absolute_url()}"
    )
    assert violations(quiet_page) == []


def test_share_sheet_of_the_device_is_offered_where_there_is_one(quiet_page, live_server, article):
    quiet_page.add_init_script(
        "window.shared = null; navigator.share = async (page) => { window.shared = page; };"
    )
    quiet_page.goto(live_server.url + article.get_absolute_url())
    quiet_page.click("text=Partager avec une application")
    assert quiet_page.evaluate("window.shared") == {
        "title": article.title,
        "url": f"http://localhost{article.get_absolute_url()}",
    }


def test_buttons_are_absent_where_they_could_do_nothing(quiet_page, browser, live_server, article):
    quiet_page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined });")
    quiet_page.goto(live_server.url + article.get_absolute_url())
    assert not quiet_page.locator("text=Partager avec une application").is_visible()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + article.get_absolute_url())
    assert not page.locator("text=Copier l’adresse").is_visible()
    assert page.locator(".share a:has-text('Mastodon')").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_contact_form_with_errors_is_accessible(quiet_page, live_server, article, width):
    quiet_page.set_viewport_size({"width": width, "height": 900})
    quiet_page.goto(f"{live_server.url}/a-propos/contact/")
    assert violations(quiet_page) == []
    quiet_page.click("text=Envoyer mon message")
    assert quiet_page.title().startswith("Erreur")
    expect(quiet_page.locator("[data-error-summary]")).to_be_focused()
    assert violations(quiet_page) == []
    assert quiet_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    quiet_page.select_option("[name=subject]", "ERROR")
    quiet_page.fill("[name=text]", "Une date est fausse.")
    quiet_page.click("text=Envoyer mon message")
    quiet_page.wait_for_selector("[role=status]:has-text('bien arrivé')")


@pytest.mark.parametrize("width", [1280, 360])
def test_missing_page_searches_accessibly(page, live_server, article, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/sante/article/le-sel-999")
    assert page.input_value("main [name=q]") == "sante le sel"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
