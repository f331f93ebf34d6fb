"""Nobody locks a member out: devices that know the account are counted apart."""

from __future__ import annotations

import json

import pytest
from django.core import signing
from django.test import Client

from authors.security import devices
from tests.authors.conftest import with_verified_address
from tests.authors.test_limits import CODE, LOGIN, add_totp, current_code, from_network, sign_in
from tests.factories import PASSWORD, make_author

pytestmark = pytest.mark.usefixtures("limits_without_cache")


@pytest.fixture
def device(verified):
    """A browser that signed in once, and out."""
    return signed_in_once(verified)


def signed_in_once(author):
    browser = Client()
    assert sign_in(browser, author).status_code == 302
    browser.post("/compte/logout/")
    return browser


def lock(author):
    """Somebody tries passwords from everywhere."""
    for number in range(7):
        sign_in(Client(), author, "faux", **from_network(number))
    assert sign_in(Client(), author, **from_network(90)).status_code == 422


def test_right_password_from_a_known_device_is_let_in(device, verified):
    lock(verified)
    assert sign_in(device, verified).status_code == 302


def test_not_even_the_same_network_locks_a_known_device_out(device, verified):
    for number in range(35):
        Client().post(LOGIN, {"login": f"a{number}@example.org", "password": "faux"})
    assert sign_in(Client(), verified).status_code == 429
    assert sign_in(device, verified).status_code == 302


def test_known_device_has_its_own_limit(device, verified):
    pages = [sign_in(device, verified, "faux").content.decode() for _try in range(7)]
    assert ["réessayez" in page for page in pages] == [False] * 5 + [True] * 2
    assert sign_in(device, verified).status_code == 422
    assert sign_in(Client(), verified).status_code == 302  # and uses up nobody else's


def test_known_device_may_try_the_second_factor_too(device, verified):
    add_totp(verified)
    other = Client()
    sign_in(other, verified)
    for number in range(6):
        other.post(CODE, {"code": "000"}, **from_network(number))
    assert sign_in(device, verified)["location"] == CODE
    assert device.post(CODE, {"code": current_code()}).status_code == 302


def test_cookie_is_for_one_account(device, verified):
    other = with_verified_address(make_author(member=True))
    lock(other)
    assert sign_in(device, other).status_code == 422


def test_one_browser_knows_the_accounts_of_a_household(device, verified):
    other = with_verified_address(make_author(member=True))
    sign_in(device, other)
    device.post("/compte/logout/")
    for author in (verified, other):
        lock(author)
        assert sign_in(device, author).status_code == 302
        device.post("/compte/logout/")
    for _member in range(devices.MOST + 2):
        sign_in(device, with_verified_address(make_author(member=True)))
        device.post("/compte/logout/")
    assert len(signing.loads(device.cookies["device"].value, salt=devices.SALT)) == devices.MOST


def test_cookie_ends_with_the_password(device, verified):
    verified.user.set_password("une autre phrase longue")
    verified.user.save()
    lock_again = [sign_in(Client(), verified, "faux", **from_network(n)) for n in range(6)]
    assert lock_again[-1].status_code == 422
    assert sign_in(device, verified, "une autre phrase longue").status_code == 422


def test_cookie_ends_with_time(device, verified, monkeypatch):
    lock(verified)
    monkeypatch.setattr("authors.security.devices.AGE", -1)
    assert sign_in(device, verified).status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        [],
        "texte",
        {"a": 1},
        [["PK", "x", "y", "z"], 3, None],
        [["PK", 9e9, "nom"]],
        [["PK", 9e9, "nom", 7]],
        [["PK", 9e9, "nom", "é"]],
        [["PK", 9e9, "nom", "0" * 64]],
    ],
)
def test_cookie_that_proves_nothing_opens_nothing(client, verified, said):
    lock(verified)
    said = json.loads(json.dumps(said).replace('"PK"', str(verified.user.pk)))
    client.cookies["device"] = signing.dumps(said, salt=devices.SALT)
    assert sign_in(client, verified).status_code == 422


def test_cookie_that_we_have_not_signed_opens_nothing(device, verified):
    lock(verified)
    true = device.cookies["device"].value
    said = signing.loads(true, salt=devices.SALT)
    for forged in ("", "x", true[:-1], true.swapcase(), signing.dumps(said, salt="another")):
        device.cookies["device"] = forged
        assert sign_in(device, verified).status_code == 422


def test_cookie_is_out_of_reach_and_bounded(client, verified, settings):
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client, verified)
    cookie = client.cookies["__Host-device"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["max-age"], cookie["path"], cookie["domain"]) == (devices.AGE, "/", "")
    assert len(cookie.value) < 1000
    assert PASSWORD not in cookie.value


def test_who_only_reads_or_fails_gets_no_cookie(client, verified):
    client.get("/")
    client.get(LOGIN)
    sign_in(client, verified, "faux")
    assert "device" not in client.cookies
