"""The pages of sign-in and sign-up under a finger, and a password that its owner wants to read."""

import pytest

from tests.accessibility import check
from tests.browsing import sign_in
from tests.factories import PASSWORD

SHOW = "Afficher le mot de passe : Mot de passe"


@pytest.fixture
def phone(quiet_page):
    quiet_page.set_viewport_size({"width": 360, "height": 740})
    return quiet_page


@pytest.mark.browser
def test_password_is_shown_to_who_asks_and_leaves_as_a_password(phone, live_server, db):
    phone.goto(f"{live_server.url}/compte/login/")
    field = phone.locator("input[name=password]")
    field.fill("une phrase")
    button = phone.get_by_role("button", name=SHOW)
    assert button.get_attribute("aria-pressed") == "false"
    button.press("Enter")
    assert (field.get_attribute("type"), button.get_attribute("aria-pressed")) == ("text", "true")
    assert field.input_value() == "une phrase"
    check(phone)
    button.click()
    assert field.get_attribute("type") == "password"
    button.click()
    phone.evaluate(
        "document.forms[document.forms.length - 1]; addEventListener('submit', (event) => {"
        " event.preventDefault(); window.left = document.querySelector('[name=password]').type })"
    )
    field.press("Enter")
    assert phone.evaluate("window.left") == "password"


@pytest.mark.browser
def test_every_password_field_can_be_read(phone, live_server, chloe):
    for name, fields in {"signup": 1, "login": 1}.items():
        phone.goto(f"{live_server.url}/compte/{name}/")
        assert phone.locator("[data-show-password]:visible").count() == fields
    sign_in(phone, live_server, chloe)
    for name, fields in {"password/change": 3, "reauthenticate": 1}.items():
        phone.goto(f"{live_server.url}/compte/{name}/")
        if "reauthenticate" in phone.url and name != "reauthenticate":
            phone.fill("input[name=password]", PASSWORD)
            phone.keyboard.press("Enter")
            phone.wait_for_url("**/password/change/**")
        assert phone.locator("[data-show-password]:visible").count() == fields


@pytest.mark.browser
@pytest.mark.parametrize("name", ["login", "signup"])
def test_links_of_the_door_can_be_hit_by_a_finger(phone, live_server, db, name):
    phone.goto(f"{live_server.url}/compte/{name}/")
    small = phone.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input:not([type=hidden]))")]
        .filter((one) => !one.closest(".trap, label"))
        .map((one) => [one.textContent || one.name, one.getBoundingClientRect()])
        .filter(([, box]) => box.height && box.height < 24)
        .map(([words]) => words.trim())"""
    )
    assert small == []
