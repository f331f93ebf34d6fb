"""Codes, passkeys and recovery codes, in our words and within our pages."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction

from tests.accessibility import check
from tests.browsing import sign_in
from tests.factories import PASSWORD, make_author
from tests.mails import delivered

KINDS = ({"rk": True}, {"rk": False}, {})


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def _no_credentials(monkeypatch):
    """Ask the keys of these tests, which no device has made, for nothing but their name."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])


def make_key(author, name, kind=KINDS[0]):
    return Authenticator.objects.create(
        user=author.user,
        type="webauthn",
        data={"name": name, "credential": {"clientExtensionResults": {"credProps": kind}}},
    )


@pytest.fixture
def member(as_, chloe):
    EmailAddress.objects.create(
        user=chloe.user, email=chloe.user.email, verified=True, primary=True
    )
    member = as_(chloe)
    member.post("/compte/reauthenticate/", {"password": PASSWORD})
    return member


def shown(client, path):
    """Return what the page says, without the frame, its spaces as they were typed."""
    html = client.get(path, follow=True).content.decode()
    text = re.sub(
        r"<[^>]*>",
        "",
        re.sub(r"(?s)<script.*?</script>", "", html.partition("<main")[2].partition("</main>")[0]),
    )
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'"))


def test_member_sets_up_an_application_of_codes_and_leaves_it(member, client, chloe, monkeypatch):
    monkeypatch.setattr(
        transaction, "on_commit", lambda function, **how: function()
    )  # this test never commits
    page = member.get("/compte/2fa/totp/activate/")
    assert '<div role="img" aria-label="Code QR de la clé secrète"><svg' in page.content.decode()
    assert "data:image" not in page.content.decode()
    wrong = member.post("/compte/2fa/totp/activate/", {"code": "000"})
    assert (wrong.status_code, "Ce code n’est pas le bon" in wrong.content.decode()) == (422, True)
    done = member.post(
        "/compte/2fa/totp/activate/", {"code": code_for(page.context["form"].secret)}, follow=True
    )
    assert "L’application de codes est activée." in done.content.decode()
    assert (
        "Il vous reste 10 codes de secours sur 10. Chacun sert une fois." in done.content.decode()
    )
    assert delivered()[0].subject.endswith("Une application de codes est activée")
    assert "Une application de codes protège désormais votre compte." in delivered()[0].body
    assert "Une application de codes est activée" in shown(member, "/compte/2fa/")
    client.post("/compte/login/", {"login": chloe.user.email, "password": PASSWORD})
    asked = shown(client, "/compte/2fa/authenticate/")
    assert "Prouvez que c’est vous" in asked
    assert "Code à usage unique" in asked
    assert "Désactiver l’application de codes" in shown(member, "/compte/2fa/totp/deactivate/")
    member.post("/compte/2fa/totp/deactivate/")
    assert "Aucune application de codes" in shown(member, "/compte/2fa/")


def test_recovery_codes_are_seen_and_made_anew(member, chloe):
    Authenticator.objects.create(user=chloe.user, type="totp", data={"secret": "x"})
    assert "Créer de nouveaux codes" in shown(member, "/compte/2fa/recovery-codes/generate/")
    member.post("/compte/2fa/recovery-codes/generate/")
    codes = member.get("/compte/2fa/recovery-codes/").context["unused_codes"]
    html = member.get("/compte/2fa/recovery-codes/").content.decode()
    assert ">" + "&#10;".join(codes) + "</textarea>" in html
    assert "ne serviront plus" in shown(member, "/compte/2fa/recovery-codes/generate/")


def test_each_passkey_says_what_it_opens_and_when_it_served(member, chloe):
    for kind, name in zip(KINDS, ("Téléphone & co", "Clé USB", "Ancienne clé"), strict=True):
        key = make_key(chloe, name, kind)
    key.record_usage()
    text = shown(member, "/compte/2fa/webauthn/")
    assert (
        "Téléphone &amp; co Elle suffit pour vous connecter, sans mot de passe. Ajoutée le " in text
    )
    assert "Clé USB Elle s’ajoute au mot de passe." in text
    assert "Ancienne clé Elle ne dit pas si elle suffit" in text
    assert (text.count("Elle n’a pas encore servi."), text.count("Dernier usage")) == (2, 1)
    assert "3 clés d’accès protègent ce compte." in shown(member, "/compte/2fa/")


@pytest.mark.usefixtures("_no_credentials")
def test_passkey_is_named_and_removed(member, chloe):
    key = make_key(chloe, "Téléphone & co")
    assert "Nom de la clé" in shown(member, "/compte/2fa/webauthn/add/")
    assert 'value="Clé d’accès 2"' in member.get("/compte/2fa/webauthn/add/").content.decode()
    assert "Renommer une clé d’accès" in shown(member, f"/compte/2fa/webauthn/keys/{key.pk}/edit/")
    member.post(f"/compte/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Bureau & co"})
    assert "Bureau &amp; co" in shown(member, f"/compte/2fa/webauthn/keys/{key.pk}/remove/")
    assert (
        "La clé d’accès est retirée."
        in member.post(f"/compte/2fa/webauthn/keys/{key.pk}/remove/", follow=True).content.decode()
    )
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("_no_credentials")
def test_every_way_to_confirm_is_offered(as_, chloe):
    Authenticator.objects.create(user=chloe.user, type="totp", data={"secret": "x"})
    make_key(chloe, "Téléphone")
    member = as_(chloe)
    password, code, key = (
        shown(member, f"/compte/{path}/")
        for path in ("reauthenticate", "2fa/reauthenticate", "2fa/webauthn/reauthenticate")
    )
    assert "Utiliser un code à usage unique" in password
    assert "Utiliser une clé d’accès" in password
    assert "Code à usage unique" in code
    assert "Utiliser mon mot de passe" in key


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_of_the_second_factor_work_and_are_accessible(quiet_page, live_server):
    """With a device that Chromium plays: a key is added, then opens the account."""
    device = quiet_page.context.new_cdp_session(quiet_page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "automaticPresenceSimulation": True}},
    )
    chloe, account = make_author("Chloé", member=True), f"{live_server.url}/compte"
    sign_in(quiet_page, live_server, chloe)
    quiet_page.goto(f"{account}/2fa/totp/activate/")
    check(quiet_page)
    quiet_page.fill("[name=password]", PASSWORD)
    quiet_page.click("text=Confirmer")
    assert quiet_page.locator("main svg rect").first.is_visible()
    check(quiet_page)
    quiet_page.goto(f"{account}/2fa/webauthn/add/")
    check(quiet_page)
    quiet_page.click("text=Me connecter avec cette clé seule")
    quiet_page.click("text=Ajouter la clé")
    quiet_page.wait_for_url(f"{account}/2fa/recovery-codes/")
    assert quiet_page.locator("text=La clé d’accès est ajoutée.").is_visible()
    check(quiet_page)
    for path in (
        "",
        "webauthn/",
        "recovery-codes/generate/",
        f"webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/edit/",
    ):
        quiet_page.goto(f"{account}/2fa/{path}")
        check(quiet_page)
    quiet_page.context.clear_cookies()
    quiet_page.goto(f"{account}/login/")
    quiet_page.fill("[name=login]", chloe.user.email)
    quiet_page.fill("[name=password]", PASSWORD)
    quiet_page.click("main button[type=submit] >> nth=0")
    quiet_page.wait_for_url(f"{account}/2fa/authenticate/")
    check(quiet_page)
    quiet_page.click("text=Utiliser une clé d’accès")
    quiet_page.wait_for_url(f"{live_server.url}/")
