"""Links in mails lead to this site, whatever host the request named."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.authors.test_accounts import signup
from tests.factories import PASSWORD
from tests.mails import delivered

FORGED = "evil.example"
CHANGED = {"password1": "une autre phrase longue", "password2": "une autre phrase longue"}


@pytest.fixture(autouse=True)
def _other_hosts(settings):
    settings.ALLOWED_HOSTS = ["*"]


def asked_for(verified, as_):
    """Ask for every mail that leads somewhere, from another host."""
    forged = Client(HTTP_HOST=FORGED)
    email = verified.user.email
    forged.post("/compte/signup/", signup(email="neuf@example.org", pseudonym="Neuf"))
    forged.post("/en/compte/signup/", signup(email=email, pseudonym="Autre"))
    forged.post("/compte/password/reset/", {"email": email})
    forged.post("/compte/password/reset/", {"email": "inconnu@example.org"})
    member = as_(verified)
    member.post("/compte/reauthenticate/", {"password": PASSWORD}, HTTP_HOST=FORGED)
    new = {"email": "autre@example.org", "action_add": ""}
    member.post("/compte/email/", new, HTTP_HOST=FORGED)
    change = {"oldpassword": PASSWORD, **CHANGED}
    member.post("/compte/password/change/", change, HTTP_HOST=FORGED)
    return delivered()


def test_links_of_mails_name_this_site_alone(verified, as_):
    messages = asked_for(verified, as_)
    assert len(messages) == 6
    for message in messages:
        links = re.findall(r"https?://\S+", message.body)
        assert len(links) == 2
        assert all(link.startswith(settings.SITE_URL) for link in links)
        assert FORGED not in f"{message.subject}{message.body}{message.from_email}"
        assert Client().get(links[0].removeprefix(settings.SITE_URL)).status_code in {200, 302}


def test_language_of_the_page_stays_in_the_link(verified, as_):
    second = asked_for(verified, as_)[1]
    assert f"{settings.SITE_URL}/en/compte/password/reset/" in second.body
