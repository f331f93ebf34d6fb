"""Neither the answer nor its cost tells whether an address has an account."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authors.models import Author, User
from tests.authors.test_accounts import signup
from tests.mails import delivered


@pytest.fixture
def cost(monkeypatch, settings):
    """What a request costs: hashes of passwords, writes and queries, mails."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1)
    hashes = []
    encode = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher,
        "encode",
        lambda self, *args, **kwargs: hashes.append(1) or encode(self, *args, **kwargs),
    )

    def measured(path, form):
        hashes.clear()
        delivered().clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post(path, form)
        assert answer.status_code in {302, 422}
        kinds = Counter(query["sql"].partition(" ")[0] for query in queries)
        writes = kinds["INSERT"] + kinds["UPDATE"]
        return len(hashes), len(delivered()), writes, kinds["SELECT"]

    return measured


@pytest.fixture
def known(verified):
    return verified.user.email


def test_sign_up_costs_the_same(cost, known):
    people = User.objects.count(), Author.objects.count()
    there = cost("/compte/signup/", signup(email=known, pseudonym="Premier"))
    assert (User.objects.count(), Author.objects.count()) == people
    new = cost("/compte/signup/", signup(email="neuf@example.org", pseudonym="Second"))
    assert there[:3] == new[:3]
    assert new[:2] == (1, 1)
    assert abs(there[3] - new[3]) <= 6


def test_reset_costs_the_same(cost, known):
    there, new = (
        cost("/compte/password/reset/", {"email": email}) for email in (known, "neuf@example.org")
    )
    assert there[:3] == new[:3]
    assert new[:2] == (0, 1)
    assert abs(there[3] - new[3]) <= 6


def test_sign_in_costs_the_same(cost, known):
    there, new = (
        cost("/compte/login/", {"login": email, "password": "faux"})
        for email in (known, "neuf@example.org")
    )
    assert there[:3] == new[:3] == (1, 0, 0)
    assert abs(there[3] - new[3]) <= 1


def test_taken_pseudonym_is_told_in_both_cases(known, client):
    for email in (known, "neuf@example.org"):
        answer = client.post("/compte/signup/", signup(email=email))
        assert answer.status_code == 422
    assert delivered() == []
