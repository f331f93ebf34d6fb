"""The frame of the admin in a real browser, on a desk and on a tablet; the shortest ways."""

import pytest
from playwright.sync_api import expect

from tests.admin_screens import fill, superuser
from tests.browsing import sign_in
from tests.factories import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTS = ["", "articles/article/", "comments/comment/", "authors/author/", "taxonomy/tag/"]
LISTS += ["readings/alsoviewed/", "outbox/mail/", "articles/urgentnotice/", "auth/group/"]
SIDEWAYS = """() => document.documentElement.scrollWidth > innerWidth
  || [...document.querySelectorAll(".results")].some(b => b.scrollWidth > b.clientWidth + 1)"""


@pytest.mark.parametrize(("width", "folded"), [(1280, False), (820, True)])
def test_lists_fit_and_the_menu_is_folded_on_a_tablet(quiet_page, live_server, width, folded):
    fill()
    sign_in(quiet_page, live_server, superuser())
    quiet_page.set_viewport_size({"width": width, "height": 800})
    menu = quiet_page.locator("#nav-sidebar")
    wide = []
    for path in LISTS:
        quiet_page.goto(f"{live_server.url}/admin/{path}")
        expect(menu).to_be_hidden() if folded else expect(menu).to_be_visible()
        wide += [path] if quiet_page.evaluate(SIDEWAYS) else []
    assert wide == []
    if folded:
        quiet_page.click("#toggle-nav-sidebar")
        expect(menu.locator("[aria-current=page]")).to_have_text("Groupes")
        quiet_page.keyboard.press("Escape")
        expect(menu).to_be_hidden()


def test_typo_that_is_seen_on_the_site_is_mended_in_two_clicks(quiet_page, live_server):
    article = make_article(title="Une fôte", author=make_author("Alice", role="WRITER"))
    sign_in(quiet_page, live_server, make_author("Bruno", member=True, role="EDITOR"))
    quiet_page.goto(f"{live_server.url}{article.get_absolute_url()}")
    quiet_page.click("main >> text=Modifier")  # the first
    quiet_page.fill("[name=title]", "Une faute")
    quiet_page.click("[name=_replace]")  # the second
    expect(quiet_page.locator(".messagelist")).to_contain_text("est en ligne (faute de frappe)")
    article.refresh_from_db()
    assert article.title == "Une faute"
