"""What is tried with an account is limited, with a cache or without one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from authors.models import Attempt
from authors.security import limits
from lib.web.honeypot import stamp
from tests.authors.conftest import with_verified_address
from tests.factories import PASSWORD, make_author
from tests.mails import delivered

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, CODE = "/compte/login/", "/compte/2fa/authenticate/"


pytestmark = pytest.mark.usefixtures("limits_without_cache")


def sign_in(client, author, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": author.user.email, "password": password}, **more)


def from_network(number):
    return {"REMOTE_ADDR": f"198.51.{number}.7"}


def current_code():
    return totp.format_hotp_value(
        totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time())))
    )


def add_totp(author):
    return Authenticator.objects.create(
        user=author.user, type="totp", data={"secret": totp.encrypt(SECRET)}
    )


def test_wrong_passwords_stop_being_tried(client, verified):
    pages = [sign_in(client, verified, "faux", **from_network(n)) for n in range(14)]
    html = [page.content.decode() for page in pages]
    assert all("adresse e-mail" in page for page in html[:5])
    assert all("réessayez dans cinq minutes" in page for page in html[5:])
    assert "réessayez" in sign_in(client, verified, **from_network(99)).content.decode()


def test_port_of_the_host_gives_no_further_tries(client, verified):
    pages = [
        sign_in(client, verified, "faux", HTTP_HOST=f"testserver:{8000 + n}", **from_network(n))
        for n in range(6)
    ]
    assert "réessayez" in pages[-1].content.decode()


def test_one_network_tries_few_accounts(client, db):
    people = [with_verified_address(make_author(member=True)) for _n in range(12)]
    pages = [sign_in(client, person, "faux").content.decode() for person in people]
    assert ["réessayez" in page for page in pages] == [False] * 10 + [True] * 2


def test_right_passwords_count_for_nothing(verified):
    for _time in range(7):
        assert sign_in(Client(), verified).status_code == 302


def test_neither_networks_nor_addresses_are_stored(client, verified):
    sign_in(client, verified, "faux", **from_network(3))
    client.post("/compte/password/reset/", {"email": verified.user.email}, **from_network(3))
    rows = " ".join(f"{row.key} {row.times}" for row in Attempt.objects.all())
    assert Attempt.objects.count() >= 4
    assert "198.51" not in rows
    assert "@" not in rows


def test_code_opens_once(client, verified):
    add_totp(verified)
    statuses = []
    for browser in (client, Client()):
        assert sign_in(browser, verified)["location"] == CODE
        statuses.append(browser.post(CODE, {"code": current_code()}).status_code)
    assert statuses == [302, 422]


def test_wrong_codes_stop_being_tried(client, verified):
    add_totp(verified)
    sign_in(client, verified)
    pages = [client.post(CODE, {"code": "000"}, **from_network(n)) for n in range(7)]
    assert ["réessayez" in page.content.decode() for page in pages] == [False] * 5 + [True] * 2


def test_good_code_of_one_member_gives_a_network_no_further_tries(client, verified):
    add_totp(verified)
    for _try in range(9):
        client.post(LOGIN, {"login": f"a{_try}@example.org", "password": "faux"})
    sign_in(client, verified)
    client.post(CODE, {"code": current_code()})
    page = Client().post(LOGIN, {"login": "b@example.org", "password": "faux"})
    assert "réessayez" in page.content.decode()


@pytest.mark.parametrize(
    ("path", "form", "most"),
    [
        ("/compte/signup/", {}, 20),
        ("/compte/password/reset/", {"email": "a@example.org"}, 5),
        ("/compte/2fa/webauthn/login/", {}, 10),
        (LOGIN, {}, 30),
    ],
)
def test_other_doors_of_accounts_are_limited(client, db, path, form, most):
    form = {"opened": stamp(), **form}
    statuses = [client.post(path, form).status_code for _try in range(most + 1)]
    assert statuses[-1] == 429
    assert 429 not in statuses[:-1]


def test_change_of_address_is_limited(as_, verified):
    member = as_(verified)
    member.post("/compte/reauthenticate/", {"password": PASSWORD})
    statuses = [
        member.post("/compte/email/", {"email": "faux", "action_add": ""}).status_code
        for _try in range(11)
    ]
    assert statuses == [422] * 10 + [429]


def test_one_mail_to_an_address_in_three_minutes(db):
    for number in range(3):
        form = {
            "email": "neuf@example.org",
            "pseudonym": f"Nom {number}",
            "password1": PASSWORD,
            "charter": "on",
            "opened": stamp(),
        }
        assert Client().post("/compte/signup/", form).status_code == 302
    assert len(delivered()) == 1


def test_chosen_password_lifts_the_limit_of_the_account(client, verified):
    for number in range(6):
        sign_in(client, verified, "faux", **from_network(number))
    client.post("/compte/password/reset/", {"email": verified.user.email})
    path = delivered()[0].body.partition("/compte/")[2].split()[0]
    form = client.get(f"/compte/{path}", follow=True)
    chosen = "une autre phrase assez longue"
    client.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    assert sign_in(Client(), verified, chosen, **from_network(50)).status_code == 302


def test_another_allauth_does_not_start_without_what_is_replaced(monkeypatch):
    limits.install()
    monkeypatch.delattr(ratelimit, "_consume_single_rate")
    with pytest.raises(ImproperlyConfigured, match="_consume_single_rate"):
        limits.install()


def at_once(number, work):
    together = threading.Barrier(number)

    def one(_number):
        try:
            together.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_of_one_code_at_once_one_is_taken():
    row, code = add_totp(make_author(member=True)), current_code()
    taken = at_once(8, lambda: totp.TOTP(row).validate_code(code))
    assert sum(taken) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_of_one_recovery_code_at_once_one_is_taken():
    codes = RecoveryCodes.activate(make_author(member=True).user)
    code = codes.generate_codes()[3]
    rows = [Authenticator.objects.get(pk=codes.instance.pk) for _n in range(8)]
    taken = at_once(8, lambda: RecoveryCodes(rows.pop()).validate_code(code))
    assert sum(taken) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_passwords_at_once_five_are_tried(monkeypatch):
    author = with_verified_address(make_author(member=True))
    tried = []
    monkeypatch.setattr(
        "authors.models.User.check_password", lambda user, raw: tried.append(raw) or False
    )
    networks = list(range(8))
    at_once(8, lambda: sign_in(Client(), author, "faux", **from_network(networks.pop())))
    assert len(tried) == 5
