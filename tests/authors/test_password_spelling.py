"""A password is the same whatever keyboard writes it: on a phone, a Mac, in a shell."""

import re
import unicodedata
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from asgiref.sync import async_to_sync
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from authors.models import User
from lib.text import normalise_password
from lib.web.honeypot import stamp
from tests.mails import delivered

COMPOSED = "Crème brûlée à l’été 12"
OTHER_KEYBOARD = unicodedata.normalize("NFD", COMPOSED).replace(" ", "\u00a0")
CHANGED = "Ｆête de l’Œuvre à Noël"


def sign_in(email, password, **kept):
    client = Client()
    response = client.post("/compte/login/", {"login": email, "password": password, **kept})
    return client if response.status_code == 302 and "_auth_user_id" in client.session else None


@pytest.fixture
def member(db):
    user = User.objects.create_user("chloe@example.org", OTHER_KEYBOARD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_test_writes_the_password_in_two_ways():
    assert COMPOSED != OTHER_KEYBOARD
    assert normalise_password(COMPOSED) == normalise_password(OTHER_KEYBOARD)


@pytest.mark.parametrize("typed", [COMPOSED, OTHER_KEYBOARD])
def test_every_keyboard_signs_in(member, typed):
    assert sign_in("chloe@example.org", typed)
    assert authenticate(None, email="chloe@example.org", password=typed) == member
    assert not sign_in("chloe@example.org", typed.lower())


def test_sign_up_keeps_what_sign_in_asks_for(client, db):
    client.post(
        "/compte/signup/",
        {
            "pseudonym": "Chloé",
            "email": "chloe@example.org",
            "password1": OTHER_KEYBOARD,
            "charter": "on",
            "opened": stamp(),
            "website_2": "",
        },
    )
    EmailAddress.objects.update(verified=True)
    assert sign_in("chloe@example.org", COMPOSED)


def test_change_and_confirmation_know_the_password_of_another_keyboard(member):
    client = sign_in("chloe@example.org", COMPOSED)
    changed = unicodedata.normalize("NFD", CHANGED)
    response = client.post(
        "/compte/password/change/",
        {"oldpassword": COMPOSED, "password1": changed, "password2": changed},
    )
    assert response.status_code == 302
    assert sign_in("chloe@example.org", CHANGED)
    assert sign_in("chloe@example.org", normalise_password(CHANGED))
    asked = client.post("/compte/reauthenticate/", {"password": CHANGED})
    assert asked.status_code == 302


def test_forgotten_password_is_set_alike(member):
    client = Client()
    client.post("/compte/password/reset/", {"email": "chloe@example.org"})
    link = re.search(r"https?://[^/\s]+(/\S+)", delivered()[-1].body)[1]
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        dict.fromkeys(("password1", "password2"), unicodedata.normalize("NFD", CHANGED)),
    )
    assert sign_in("chloe@example.org", CHANGED)


def test_commands_set_it_alike(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", OTHER_KEYBOARD)
    call_command("createsuperuser", interactive=False, email="bruno@example.org", stdout=StringIO())
    assert User.objects.get().check_password(COMPOSED)
    monkeypatch.setattr(
        "django.contrib.auth.management.commands.changepassword.getpass.getpass",
        lambda prompt: unicodedata.normalize("NFD", CHANGED),
    )
    call_command("changepassword", "bruno@example.org", stdout=StringIO())
    assert User.objects.get().check_password(CHANGED)


def test_asynchronous_check_is_the_same():
    user = User(email="x@example.org")
    user.set_password(COMPOSED)
    assert async_to_sync(user.acheck_password)(OTHER_KEYBOARD)


def test_account_without_a_password_stays_without(db):
    user = User.objects.create_user("x@example.org")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_common_word_in_wide_letters_is_still_common(client, db):
    response = client.post(
        "/compte/signup/",
        {
            "pseudonym": "Chloé",
            "email": "chloe@example.org",
            "password1": "ｈａｎｎａｈｍｏｎｔａｎａ",
            "charter": "on",
            "opened": stamp(),
        },
    )
    assert response.status_code == 422
    assert "mots courants" in response.content.decode()


@given(st.text(max_size=30))
def test_normalising_twice_is_once_and_shortens_no_space(text):
    once = normalise_password(text)
    assert normalise_password(once) == once
    assert normalise_password(f" {text} ").startswith(" ")
