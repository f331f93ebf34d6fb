"""Somebody in need, with a telephone in the hand: the number is there and can be tapped."""

import re

import pytest

from tests.accessibility import check

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize(
    "text",
    ["suicide", "envie de mourrir", "j'ai trop bu et pris des cachets", "bébé 39 de fièvre"],
)
def test_number_is_in_the_first_screen_and_can_be_tapped(quiet_page, live_server, text):
    quiet_page.set_viewport_size(PHONE)
    quiet_page.goto(f"{live_server.url}/recherche?q={text}")
    number = quiet_page.locator(".care-card__number").first
    box = number.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]
    assert min(box["width"], box["height"]) >= 24
    assert number.get_attribute("href").startswith("tel:")
    check(quiet_page)


def test_number_comes_while_typing(quiet_page, live_server):
    quiet_page.goto(f"{live_server.url}/recherche")
    quiet_page.locator("#q").press_sequentially("envie de mourir")
    card = quiet_page.locator(".search__care .care-card__number").first
    card.wait_for()
    assert card.get_attribute("href") == "tel:3114"
    assert quiet_page.locator("#q-suggestions option").count() == 0


def test_help_page_prints_on_one_sheet_and_keeps_nothing(quiet_page, live_server):
    quiet_page.goto(f"{live_server.url}/trouver-de-l-aide/")
    check(quiet_page)
    assert quiet_page.context.cookies() == []
    assert quiet_page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    sheet = quiet_page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


def test_leaving_takes_the_page_out_of_the_way_back(quiet_page, live_server):
    quiet_page.goto(f"{live_server.url}/")
    quiet_page.goto(f"{live_server.url}/recherche?q=mon mari me frappe")
    quiet_page.evaluate(
        "document.querySelector('[data-leave]').href = location.origin + '/a-propos/contact/'"
    )
    quiet_page.locator("[data-leave]").first.click()
    quiet_page.wait_for_url("**/a-propos/contact/")
    quiet_page.go_back()
    assert quiet_page.url == f"{live_server.url}/"
